// One folder for what tests write, gone when all are over: thousands of runs leave nothing behind in the system's own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Before the workers start, which take over the environment; vitest calls what it returns at the end. */
export default function testFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-tests-'));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
