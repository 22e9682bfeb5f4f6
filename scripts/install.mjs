// Installs the workspace with pnpm, which is fetched by npx: only Node and npm need to be there. Does nothing when all is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export const PNPM = 'pnpm@12.21.0';
const STAMP = 'node_modules/.tidemark-installed';
const INPUTS = [
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'package.json',
  'shared/package.json',
  'recorder/package.json',
  'viewer/package.json',
  'cli/package.json',
  'e2e/package.json',
];

/** Exits with a message when the installation fails. */
export function install() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(
      `this is Node ${process.versions.node}; tidemark needs 20.19 or newer`,
      'Install a newer Node (https://nodejs.org) and run the command again.',
    );
  }
  const wanted = createHash('sha256');
  for (const file of INPUTS) wanted.update(readFileSync(file));
  const hash = `${wanted.digest('hex')} ${process.versions.modules} ${process.platform} ${process.arch}`;
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;

  process.stderr.write('tidemark: installing dependencies\n');
  const { status, error } = spawnSync(
    'npx',
    ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn'],
    {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, CI: 'true' }, // pnpm asks no questions then
    },
  );
  if (status !== 0) {
    fail(
      `the dependencies could not be installed (${error?.message ?? `npx ${PNPM} install ended with ${status}`})`,
      'The lines above say why; a package registry must be reachable the first time.',
    );
  }
  writeFileSync(STAMP, hash);
}

/** @param {string} message @param {string} advice @returns {never} */
export function fail(message, advice) {
  process.stderr.write(`tidemark: ${message}\n  ${advice}\n`);
  process.exit(1);
}
