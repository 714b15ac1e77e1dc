// An OAuth 2.0 server (oidc-provider), and an echo server on the ws package that lets in only who
// shows a valid token of it; both over TLS if there are files CERTIFICATE and KEY. Prints "listening PORT"; ends when its standard input ends, so that it
// cannot outlive the process that started it.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { Provider } from 'oidc-provider';
import { WebSocketServer } from 'ws';

const client = (id, method) => ({
  client_id: id,
  client_secret: process.env.SECRET,
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
  token_endpoint_auth_method: method,
});

// What the token endpoint was asked: how often, and what last.
const asked = { requests: 0, scope: null, audience: null };

const secure = process.env.CERTIFICATE !== undefined;
const http = secure
  ? createSecureServer({
    cert: readFileSync(process.env.CERTIFICATE), key: readFileSync(process.env.KEY),
  })
  : createServer();
http.listen(0, '127.0.0.1', () => {
  const { port } = http.address();
  const provider = new Provider(`${secure ? 'https' : 'http'}://127.0.0.1:${port}`, {
    clients: [client('basic', 'client_secret_basic'), client('post', 'client_secret_post')],
    scopes: ['chat', 'audit'],
    features: {
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      devInteractions: { enabled: false },
    },
    ttl: { ClientCredentials: Number(process.env.LIFETIME_SECONDS) },
  });
  provider.use(async (context, next) => {
    await next();
    if (context.path === '/token') {
      asked.requests += 1;
      asked.scope = context.oidc?.params?.scope ?? null;
      asked.audience = context.oidc?.body?.audience ?? null;
    }
  });
  const answer = provider.callback();
  http.on('request', (request, response) => {
    if (request.url === '/asked') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(asked));
    } else if (request.url === '/never') {
      // No answer: the client has a deadline.
    } else {
      answer(request, response);
    }
  });

  const echo = new WebSocketServer({ noServer: true });
  echo.on('connection', (socket) =>
    socket.on('message', (data, binary) => socket.send(data, { binary })));
  http.on('upgrade', async (request, socket, head) => {
    const [scheme, value] = (request.headers.authorization ?? '').split(' ');
    const token = scheme === 'Bearer' ? await provider.ClientCredentials.find(value) : undefined;
    if (token?.isValid) {
      echo.handleUpgrade(request, socket, head, (open) => echo.emit('connection', open, request));
    } else {
      socket.end('HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer error="invalid_token"\r\n'
        + 'Content-Length: 0\r\nConnection: close\r\n\r\n');
    }
  });
  console.log(`listening ${port}`);
});

process.stdin.on('end', () => process.exit(0)).resume();
