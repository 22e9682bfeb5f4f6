// The packages as a stranger gets them: packed, installed from their tarballs into an empty folder with npm, and run there.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';

const root = join(import.meta.dirname, '../..');
let folder: string;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-packages-'));
});

test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the packages install from their tarballs and record a job', () => {
  test.setTimeout(180_000);
  const run = (command: string, args: string[], cwd: string): string =>
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  const tarballs = ['recorder', 'viewer', 'cli'].map((part) => {
    run('npx', ['--yes', 'pnpm@12.21.0', 'pack', '--pack-destination', folder], join(root, part));
    return part;
  });
  const packed = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  expect(packed).toHaveLength(tarballs.length);

  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  run('npm', ['install', '--no-audit', '--no-fund', ...packed.map((name) => `./${name}`)], folder);
  run('npx', ['tidemark', 'run', '-q', '-o', 'first', '--', 'sleep', '1'], folder);

  expect(readdirSync(join(folder, 'first'))).toEqual(
    expect.arrayContaining(['memory.csv', 'recording.json', 'output.log']),
  );
  run('npx', ['tidemark', 'export', 'first', '-o', 'first.png'], folder);
  expect(readdirSync(folder)).toContain('first.png');

  const job = `import { checkpoint } from '@tidemark/recorder/checkpoint'; checkpoint('start', (line) => process.stdout.write(line));`;
  expect(run(process.execPath, ['--input-type=module', '-e', job], folder)).toMatch(
    /^\[MEMORY\] start: RSS [\d.]+ MB \| /,
  );
});

test('the recorder alone brings systeminformation and nothing else', () => {
  test.setTimeout(120_000);
  const alone = mkdtempSync(join(folder, 'alone-'));
  execFileSync('npx', ['--yes', 'pnpm@12.21.0', 'pack', '--pack-destination', alone], {
    cwd: join(root, 'recorder'),
    stdio: 'ignore',
  });
  const [tarball] = readdirSync(alone);
  writeFileSync(join(alone, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', `./${tarball}`], { cwd: alone, stdio: 'ignore' });
  const installed = readdirSync(join(alone, 'node_modules')).filter((name) => !name.startsWith('.'));
  expect(installed.sort()).toEqual(['@tidemark', 'systeminformation']);
});
