// `npm test`: everything that must hold. Runs all steps even when one fails, and closes with the number of tests.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';
import { findOrInstallTools } from './test-tools.mjs';

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..'));
const RESULTS = 'test-results/counts';
const counted = { passed: 0, failed: 0, skipped: 0 };

install();
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
const browser = findOrInstallTools();

step('formatting and lint', [
  'node_modules/@biomejs/biome/bin/biome',
  'ci',
  process.stdout.isTTY ? '--colors=force' : '--colors=off',
  '.',
]);
step('types', ['scripts/types.mjs']);
const built = step('build', ['scripts/build.mjs']);
step('unit tests', [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${RESULTS}/unit.json`,
]);
countUnit();
if (!built) {
  check('end-to-end tests', false, 'not run: the build failed');
} else if (browser === null) {
  check(
    'end-to-end tests',
    false,
    'not run: no Chromium found; install it (Debian: apt-get install chromium) or name it in CHROMIUM',
  );
} else {
  step('end-to-end tests', ['e2e/node_modules/playwright/cli.js', 'test', '--config', 'e2e/playwright.config.ts'], {
    CHROMIUM: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(process.cwd(), RESULTS, 'e2e.json'),
  });
  countEndToEnd();
}

process.stdout.write(`\n${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped\n`);
process.exitCode = counted.failed > 0 || counted.passed === 0 ? 1 : 0;

/** @param {string} name @param {string[]} args @param {Record<string, string>} [env] */
function step(name, args, env = {}) {
  process.stdout.write(`\n== ${name}\n`);
  const started = Date.now();
  const { status } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return check(name, status === 0, `${((Date.now() - started) / 1000).toFixed(0)} s`);
}

/** A step counts as one test of its own, so that a failed lint cannot close with "0 failed". */
function check(/** @type {string} */ name, /** @type {boolean} */ good, /** @type {string} */ detail) {
  counted[good ? 'passed' : 'failed']++;
  process.stdout.write(`== ${name}: ${good ? 'passed' : 'FAILED'} (${detail})\n`);
  return good;
}

function countUnit() {
  const result = read('unit.json');
  counted.passed += result?.numPassedTests ?? 0;
  counted.failed += result?.numFailedTests ?? 0;
  counted.skipped += (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0);
}

function countEndToEnd() {
  const stats = read('e2e.json')?.stats;
  counted.passed += (stats?.expected ?? 0) + (stats?.flaky ?? 0);
  counted.failed += stats?.unexpected ?? 0;
  counted.skipped += stats?.skipped ?? 0;
}

/** @param {string} name */
function read(name) {
  const path = join(RESULTS, name);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}
