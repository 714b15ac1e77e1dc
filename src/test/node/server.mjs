// An echo server on the ws package, on the unix socket SOCKET if there is one. Prints "listening
// PORT", 0 for a socket; ends when its standard input ends, so
// that it cannot outlive the process that started it.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const maxPayload = Number(process.env.MAX_MESSAGE_BYTES);

function endpoint(path, onMessage) {
  const server = new WebSocketServer({
    noServer: true,
    path,
    maxPayload,
    perMessageDeflate: true,
    handleProtocols: (offered) => offered.has('echo.v1') && 'echo.v1',
  });
  server.on('connection', (socket) => {
    socket.on('error', (error) => console.error(error.message));
    socket.on('message', (data, isBinary) => onMessage(socket, data, isBinary));
  });
  return server;
}

const echo = endpoint('/echo', (socket, data, binary) => socket.send(data, { binary }));
const closing = endpoint('/close', (socket) => socket.close(4001, 'bye'));
// A child inherits the socket and keeps it open, whatever becomes of this process.
const inherited = endpoint('/inherited', (socket, data, binary) => socket.send(data, { binary }));
inherited.on('connection', (open) =>
  spawn('sleep', ['60'], { stdio: ['ignore', open._socket, 'ignore'] }));

// What ws itself answers when it owns the HTTP server.
const http = createServer((request, response) => response.writeHead(426).end('Upgrade Required'));
http.on('upgrade', (request, socket, head) => {
  // A path that none of them has is refused by ws itself.
  const server = [closing, inherited].find((one) => one.shouldHandle(request)) ?? echo;
  server.handleUpgrade(request, socket, head, (open) => server.emit('connection', open, request));
});
const where = process.env.SOCKET ? { path: process.env.SOCKET } : { port: 0, host: '127.0.0.1' };
http.listen(where, () => console.log(`listening ${http.address().port ?? 0}`));

process.stdin.on('end', () => process.exit(0)).resume();
