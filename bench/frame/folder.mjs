// What every benchmark works with: a temporary folder of its own, removed at the end, and words about how far it is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Path of the folder; it goes when the process does, also by Ctrl+C. */
export function ownFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
  return folder;
}

/** On standard error: the table alone is on standard output. */
export const say = (line) => process.stderr.write(`${line}\n`);
