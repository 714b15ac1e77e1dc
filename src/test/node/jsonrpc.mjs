// JSON-RPC 2.0 by the json-rpc-2.0 package, both ways over one WebSocket.
import { JSONRPCClient, JSONRPCErrorException, JSONRPCServer, JSONRPCServerAndClient } from 'json-rpc-2.0';
import { WebSocketServer } from 'ws';
import { listen } from './listen.mjs';

new WebSocketServer({ server: listen() }).on('connection', (socket) => {
  const server = new JSONRPCServer({ errorListener: () => {} });
  const client = new JSONRPCClient((request) => socket.send(JSON.stringify(request)));
  const peer = new JSONRPCServerAndClient(server, client);
  peer.addMethod('ping', () => 'pong');
  peer.addMethod('sum', (numbers) => numbers.reduce((a, b) => a + b, 0));
  peer.addMethod('user', ({ id }) => ({ id, name: 'ann', roles: ['admin'] }));
  peer.addMethod('later', ([milliseconds]) =>
    new Promise((done) => setTimeout(() => done('late'), milliseconds)));
  peer.addMethod('withdraw', () => {
    throw new JSONRPCErrorException('insufficient funds', 1001, { balance: 3 });
  });
  peer.addMethod('watch', ([count]) => {
    for (let n = 1; n <= count; n++) peer.notify('tick', { n, of: count });
    return 'watching';
  });
  peer.addMethod('greet', async () => `Hello ${await peer.request('name', [])}`);
  // What breaks the protocol is no library's: it is written here by hand.
  peer.addMethod('stray', () => {
    socket.send('{"jsonrpc":"2.0","result":1,"id":4711}');
    return 'sent';
  });
  socket.on('message', async (data) => {
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      const parsed = await server.receiveJSON(data.toString());
      return socket.send(JSON.stringify(parsed));
    }
    // The two-way class takes no batches; a batch holds calls and notifications only.
    if (!Array.isArray(message)) return peer.receiveAndSend(message);
    const answers = await server.receive(message);
    if (answers) socket.send(JSON.stringify(answers));
  });
});
