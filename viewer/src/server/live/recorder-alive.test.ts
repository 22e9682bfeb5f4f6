import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockOf, recorderAlive } from './recorder-alive.js';

let csv: string;
beforeEach(() => {
  csv = join(mkdtempSync(join(tmpdir(), 'tidemark-lock-')), 'memory.csv');
});
afterEach(() => rmSync(join(csv, '..'), { recursive: true, force: true }));

const start = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
};

test.skipIf(process.platform !== 'linux')('a recorder is alive while its very process runs', async () => {
  expect(await recorderAlive(csv)).toBe(false);
  writeFileSync(lockOf(csv), JSON.stringify({ pid: process.pid, start: start(process.pid) }));
  expect(await recorderAlive(csv)).toBe(true);
  // Its pid was given to another process.
  writeFileSync(lockOf(csv), JSON.stringify({ pid: process.pid, start: start(process.pid) - 1 }));
  expect(await recorderAlive(csv)).toBe(false);
});

test.skipIf(process.platform !== 'linux')('one that was killed and is not yet reaped is not alive', async () => {
  // A sleep reaps nobody.
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
    writeFileSync(lockOf(csv), JSON.stringify({ pid, start: start(pid) }));
    expect(await recorderAlive(csv)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ');
    expect(await recorderAlive(csv)).toBe(false);
  } finally {
    parent.kill('SIGKILL');
  }
});

test('one in another container is alive as long as it writes', async () => {
  writeFileSync(lockOf(csv), JSON.stringify({ pid: 1, start: 1, where: 'elsewhere' }));
  writeFileSync(csv, '');
  expect(await recorderAlive(csv)).toBe(true);
  const silentSince = Date.now() / 1000 - 31;
  utimesSync(csv, silentSince, silentSince);
  expect(await recorderAlive(csv)).toBe(false);
});

test.each([
  '',
  '{',
  'null',
  '{"pid":-1,"start":1}',
  '{"pid":1.5,"start":1}',
  '{"pid":"1"}',
  '{"pid":4194999,"start":1}',
])('a lock of %j is no recorder', async (text) => {
  writeFileSync(lockOf(csv), text);
  expect(await recorderAlive(csv)).toBe(false);
});

test('each CSV has a lock of its own', () => {
  expect([lockOf('/r/memory.csv'), lockOf('/r/mem.csv')]).toEqual(['/r/.lock', '/r/.mem.csv.lock']);
});
