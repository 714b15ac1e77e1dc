// A scripted hub. There is no server of SignalR's for Node.js: what the hub does is written here, what
// it reads and writes goes through the codec of Microsoft's JavaScript client.
import { createRequire } from 'node:module';
import { WebSocketServer } from 'ws';
import { listen } from './listen.mjs';

const require = createRequire(import.meta.url);
const { JsonHubProtocol, MessageType, NullLogger } = require('@microsoft/signalr');
const { TextMessageFormat } = require('@microsoft/signalr/dist/cjs/TextMessageFormat.js');

const protocol = new JsonHubProtocol();
const sockets = new Set();

const methods = {
  Add: (socket, a, b) => a + b,
  Log: () => undefined,
  Fail: () => { throw new Error('An unexpected error occurred invoking \'Fail\' on the server.'); },
  Broadcast: (socket, text) => {
    for (const one of sockets) one.write({ type: MessageType.Invocation, target: 'Notify', arguments: [text] });
  },
  Greet: async (socket) => `Hello ${await socket.call('Name')}`,
  Shutdown: (socket) => socket.write({ type: MessageType.Close, error: 'shutting down', allowReconnect: true }),
};

async function invoke(socket, { target, arguments: given, invocationId }) {
  const completion = { type: MessageType.Completion, invocationId };
  try {
    if (!methods[target]) throw new Error(`Unknown hub method '${target}'`);
    const result = await methods[target](socket, ...given);
    if (result !== undefined) completion.result = result;
  } catch (error) {
    completion.error = error.message;
  }
  if (invocationId) socket.write(completion);
}

async function stream(socket, { arguments: [count], invocationId }) {
  for (let item = 1; item <= count && !socket.cancelled.has(invocationId); item++) {
    socket.write({ type: MessageType.StreamItem, invocationId, item });
    if (count > 10) await new Promise((done) => setTimeout(done, 20));
  }
  socket.write({ type: MessageType.Completion, invocationId });
}

new WebSocketServer({ server: listen() }).on('connection', (socket) => {
  const calls = new Map();
  let shaken = false;
  socket.cancelled = new Set();
  socket.write = (message) => socket.send(protocol.writeMessage(message));
  socket.call = (target) => new Promise((done) => {
    const invocationId = `call-${calls.size}`;
    calls.set(invocationId, done);
    socket.write({ type: MessageType.Invocation, invocationId, target, arguments: [] });
  });
  socket.on('message', (data) => {
    if (!shaken) {
      const wanted = JSON.parse(TextMessageFormat.parse(data.toString())[0]);
      shaken = wanted.protocol === 'json' && wanted.version === 1;
      const error = `The protocol '${wanted.protocol}' is not supported.`;
      socket.send(TextMessageFormat.write(JSON.stringify(shaken ? {} : { error })));
      if (!shaken) return socket.close();
      sockets.add(socket);
      const pings = setInterval(() => socket.write({ type: MessageType.Ping }), 200);
      return socket.on('close', () => { clearInterval(pings); sockets.delete(socket); });
    }
    for (const record of TextMessageFormat.parse(data.toString())) {
      // The client's codec ignores what only a client sends.
      const message = protocol.parseMessages(TextMessageFormat.write(record), NullLogger.instance)[0]
        ?? JSON.parse(record);
      if (message.type === MessageType.Invocation) invoke(socket, message);
      if (message.type === MessageType.StreamInvocation) stream(socket, message);
      if (message.type === MessageType.CancelInvocation) socket.cancelled.add(message.invocationId);
      if (message.type === MessageType.Completion) calls.get(message.invocationId)(message.result);
    }
  });
});
