// Checks a file against the schema of HAR 1.2; prints what is wrong with it.
import {readFileSync} from 'node:fs';
import {har} from 'har-validator';

try {
  await har(JSON.parse(readFileSync(process.argv[2], 'utf8')));
} catch (e) {
  console.log(JSON.stringify(e.errors ?? String(e)));
  process.exitCode = 1;
}
