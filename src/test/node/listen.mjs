// Listens on a free port of 127.0.0.1 and prints "listening PORT"; the process ends when its standard
// input ends, so that it cannot outlive the one that started it.
import { createServer } from 'node:http';

export function listen(http = createServer((request, response) => response.writeHead(426).end())) {
  http.listen(0, '127.0.0.1', () => console.log(`listening ${http.address().port}`));
  process.stdin.on('end', () => process.exit(0)).resume();
  return http;
}
