// Builds when a source is newer than what was built; `npm start` calls it every time, so the common answer must be quick.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from './install.mjs';

const SOURCES = [
  'shared/src',
  'recorder/src',
  'viewer/src',
  'viewer/vite.config.ts',
  'cli/src',
  'cli/package.json',
  'scripts/build.mjs',
  'scripts/compile-scanner.mjs',
  'pnpm-lock.yaml',
];
const BUILT = 'cli/dist/.built';

/** Exits with a message when the build fails. */
export function buildIfNeeded() {
  const built = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (SOURCES.every((source) => newest(source) < built)) return;
  process.stderr.write('tidemark: building\n');
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) fail('the build failed', 'The lines above say where.');
}

/** @param {string} path @returns {number} the latest modification below `path`, epoch ms */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  // The folder's own time counts too: a deleted file changes nothing else.
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}
