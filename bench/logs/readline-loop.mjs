// What most scripts do: every line as a string, every stamp through Date.parse.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const levels = new Map();
let lines = 0;
let dated = 0;
for await (const line of createInterface({ input: createReadStream(process.argv[2]), crlfDelay: Infinity })) {
  lines += 1;
  if (!Number.isNaN(Date.parse(line.slice(0, 24)))) dated += 1;
  const level = line.slice(25, 30);
  levels.set(level, (levels.get(level) ?? 0) + 1);
}
console.log(lines, dated);
