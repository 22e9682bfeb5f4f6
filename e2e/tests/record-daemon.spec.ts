// `tidemark record` and `tidemark mark`.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { COMMAND, endOf, said, test } from './record-fixture.js';

test('the machine is recorded until the time is up', ({ bench }) => {
  const { code, stdout, stderr } = bench.run(['record', '-i', '50ms', '--duration', '500ms']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toMatch(/^tidemark: recording .*the machine every 50 ms into tidemark-runs\/\S+-machine for 500 ms$/m);
  const { columns, rows, events } = bench.read();
  expect(columns).toContain('machine_used_bytes');
  expect(columns).not.toContain('job_rss_bytes');
  expect(rows.length).toBeGreaterThanOrEqual(8);
  expect(rows.every((row) => row.machine_used_bytes! > 0)).toBe(true);
  expect(events).toMatch(/,start,/);
  expect(events).toMatch(/,exit,the time was up\n$/);
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGQUIT'] as const) {
  test(`${signal} ends it well`, async ({ bench }) => {
    const child = bench.start(['record', '-i', '20ms']);
    await said(child, 'recording');
    const ended = endOf(child);
    child.kill(signal);
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(bench.read().info.ended_at).not.toBeNull();
  });
}

test('what log rotation sends to daemons is not heard', async ({ bench }) => {
  const child = bench.start(['record', '-i', '20ms', '-o', 'here']);
  let stderr = '';
  child.stderr?.on('data', (part: Buffer) => {
    stderr += part.toString();
  });
  await said(child, 'recording');
  child.kill('SIGUSR1');
  child.kill('SIGUSR2');
  const { length } = bench.read('here').rows;
  await expect.poll(() => bench.read('here').rows.length).toBeGreaterThan(length + 5);
  const ended = endOf(child);
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, signal: null });
  // Node's own answer to USR1 is a port for debuggers.
  expect(stderr).not.toContain('Debugger');
});

test('a process that runs already is followed, with its children, until it ends', async ({ bench }) => {
  const job = spawn('sh', ['-c', 'sleep 60 & read x; kill $!; exit 0'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const child = bench.start(['record', '-i', '20ms', '-p', String(job.pid)]);
  await said(child, 'recording');
  await expect.poll(() => bench.read().rows.some((row) => row.job_processes === 2)).toBe(true);
  const ended = endOf(child);
  job.stdin.end('\n');
  expect(await ended).toEqual({ code: 0, signal: null });
  const { rows, events } = bench.read();
  expect(rows.every((row) => row.job_rss_bytes === null || row.job_peak_bytes! >= row.job_rss_bytes!)).toBe(true);
  expect(rows.find((row) => row.job_processes === 2)?.job_rss_bytes).toBeGreaterThan(0);
  expect(events).toContain(`,exit,process ${job.pid} ended\n`);
});

test('what a process that was followed leaves running is named', async ({ bench }) => {
  const job = spawn('sh', ['-c', 'sleep 60 & echo $!; read x'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const left = Number(await new Promise((resolve) => job.stdout.once('data', resolve)));
  const child = bench.start(['record', '-i', '20ms', '-p', String(job.pid)]);
  await said(child, 'recording');
  await expect.poll(() => bench.read().rows.some((row) => row.job_processes === 2)).toBe(true);
  const told = said(child, `the job left sleep (${left}) running; it is not recorded any more`);
  job.stdin.end('\n');
  await told;
  process.kill(left, 'SIGKILL');
});

test('a mark goes into the recording that runs here, or into the one that is named', async ({ bench }) => {
  const child = bench.start(['record', '-i', '50ms']);
  await said(child, 'recording');
  expect(bench.run(['mark', 'cache "warm", now'])).toMatchObject({ code: 0, stdout: '' });
  expect(
    bench.run(['mark', '-q', '-m', 'again', '--recording', bench.run(['mark', 'x']).stderr.split(' in ')[1]!.trim()]),
  ).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
  const ended = endOf(child);
  child.kill('SIGTERM');
  await ended;
  const { events } = bench.read();
  expect(events).toContain(',mark,"cache ""warm"", now"\n');
  expect(events).toContain(',mark,again\n');
  expect(bench.run(['mark', 'late']).stderr).toContain('no recording is running');
});

test('a second recorder on the same files is refused and names the first', async ({ bench }) => {
  const child = bench.start(['record', '-i', '50ms', '-o', 'here']);
  await said(child, 'recording');
  const { code, stderr } = bench.run(['record', '-o', 'here']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^tidemark: here: another tidemark \(pid \d+\) is recording there$/m);
  const ended = endOf(child);
  child.kill('SIGTERM');
  await ended;
});

test('a folder that is removed meanwhile is told once; the job goes on and its exit code comes through', async ({
  bench,
}) => {
  mkdirSync(join(bench.folder, 'gone'));
  const child = bench.start([
    'run',
    '-i',
    '10ms',
    '-o',
    'gone',
    '--',
    'sh',
    '-c',
    'echo up; sleep 2; echo end; exit 5',
  ]);
  let stderr = '';
  child.stderr?.on('data', (part: Buffer) => {
    stderr += part.toString();
  });
  await said(child, 'up');
  const ended = endOf(child);
  rmSync(join(bench.folder, 'gone'), { recursive: true });
  expect((await ended).code).toBe(5);
  expect(stderr.match(/the file was removed/g)).toHaveLength(1);
});

test('a pid file that cannot be written is refused before anything begins', ({ bench }) => {
  const { code, stdout, stderr } = bench.run(['run', '-o', 'p', '--pid-file', 'nowhere/pid', '--', 'echo', 'started']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^tidemark: --pid-file nowhere\/pid: cannot write there: its folder is not there\n$/);
  // The same command is not refused when that is mended.
  expect(bench.run(['run', '-q', '-o', 'p', '--pid-file', 'pid', '--', 'true']).code).toBe(0);
});

test('under nohup it goes on when the terminal is closed', async ({ bench }) => {
  const args = [process.execPath, COMMAND, 'record', '-i', '20ms', '-o', 'n'];
  const child = spawn('sh', ['-c', 'trap "" HUP; "$@" 2>&1 & wait', 'sh', ...args], { cwd: bench.folder });
  try {
    await said(child, 'recording');
    const pid = Number(JSON.parse(readFileSync(join(bench.folder, 'n/.lock'), 'utf8')).pid);
    process.kill(pid, 'SIGHUP');
    const rows = bench.read('n').rows.length;
    await expect.poll(() => bench.read('n').rows.length).toBeGreaterThan(rows + 5);
    const ended = endOf(child);
    process.kill(pid, 'SIGTERM');
    await ended;
    expect(bench.read('n').events).toMatch(/,exit,stopped by SIGTERM\n$/);
  } finally {
    child.kill('SIGKILL');
  }
});
