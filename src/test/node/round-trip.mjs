// Measures echoes with the ws package: node round-trip.mjs URL COUNT. For each line of its standard
// input COUNT round trips, one after the other on one connection, as a line of nanoseconds.
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

const [url, count] = [process.argv[2], Number(process.argv[3])];
const socket = new WebSocket(url, { perMessageDeflate: false });
let took, sent;

function send() {
  sent = process.hrtime.bigint();
  socket.send('Hello');
}

socket.on('message', () => {
  took.push(process.hrtime.bigint() - sent);
  if (took.length < count) {
    send();
  } else {
    console.log(took.join(' '));
  }
});
socket.on('open', () => {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => {
    took = [];
    send();
  });
  lines.on('close', () => process.exit(0));
});
