// Spikes much shorter than the interval between samples: the job says when each one stood and how high, the recording is held against that.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { type Recorded, test } from './record-fixture.js';

const MB = 1e6;

/** Touches so many MB, holds them for 5 ms, gives them back; says when they began, stood whole, were let go and were gone. */
const SPIKES = `
const [, , pause, ...sizes] = process.argv;
const buffer = new ArrayBuffer(0, { maxByteLength: 400e6 });
const bytes = new Uint8Array(buffer);
const told = [];
// Neither filling nor holding is a loop of ours: compiling one takes some MB, which would count as well.
const still = new Int32Array(new SharedArrayBuffer(4));
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
await wait(500);
for (const size of sizes) {
  const began = Date.now();
  buffer.resize(size * 1e6);
  bytes.fill(1);
  const whole = Date.now();
  const height = process.memoryUsage.rss();
  Atomics.wait(still, 0, 0, 5);
  const freeing = Date.now();
  buffer.resize(0);
  told.push({ height, began, whole, freeing, gone: Date.now() });
  await wait(Number(pause));
}
await wait(500);
console.log(JSON.stringify(told));
`;

interface Spike {
  /** Bytes of RSS at the top. */
  readonly height: number;
  /** Epoch ms. */
  readonly began: number;
  readonly whole: number;
  readonly freeing: number;
  readonly gone: number;
}

/**
 * The highest peak that the recording tells for the time in which the spike stood whole: of the intervals that reach into it.
 * A row carries the instant at which its tick began to read: on a busy machine it may have read some ms later, which is its neighbour's time.
 */
function told(rows: Recorded['rows'], { whole, freeing }: Spike): number {
  const first = rows.findLastIndex((row) => row.time! <= whole);
  const last = rows.findIndex((row) => row.time! >= freeing);
  return Math.max(...rows.slice(Math.max(0, first), last + 1).map((row) => row.job_peak_bytes ?? 0));
}

/** Rows whose interval, and the ones beside it, no spike touches. */
function quiet(rows: Recorded['rows'], spikes: readonly Spike[]): Recorded['rows'] {
  return rows.filter((_, i) => {
    const from = rows[i - 2]?.time ?? Number.NEGATIVE_INFINITY;
    const to = rows[i + 1]?.time ?? Number.POSITIVE_INFINITY;
    return i > 0 && !spikes.some((spike) => spike.began <= to && spike.gone >= from);
  });
}

test('--reset-peaks: twenty spikes of 300 MB and 5 ms at 10 Hz are all there, as high as they were and when they were', ({
  bench,
}) => {
  writeFileSync(join(bench.folder, 'spikes.mjs'), SPIKES);
  const sizes = Array.from({ length: 20 }, () => '300');
  const { stdout, stderr } = bench.run(['run', '--reset-peaks', '--', 'node', 'spikes.mjs', '400', ...sizes]);
  const spikes: Spike[] = JSON.parse(stdout);
  const { rows, info } = bench.read();
  const found = spikes.map((spike) => told(rows, spike) / spike.height);
  expect(found.filter((share) => Math.abs(share - 1) > 0.02)).toEqual([]);
  expect(found).toHaveLength(20);
  // And nowhere else: between two spikes the peak goes down with the memory. The last sample may find the job ended.
  const during = rows.at(-1)?.job_peak_bytes === null ? rows.slice(0, -1) : rows;
  for (const row of quiet(during, spikes)) expect(row.job_peak_bytes!).toBeLessThan(150 * MB);
  expect(info.peak_sources.job).toBe('clear-refs');
  // A sample may happen to hit the highest of them.
  expect(stderr).toMatch(/from (VmHWM, reset every interval|a sample)$/m);
});

test('without it each new highest is there, and the job’s own VmHWM is left alone', ({ bench }) => {
  writeFileSync(
    join(bench.folder, 'spikes.mjs'),
    `${SPIKES}
import { readFileSync } from 'node:fs';
console.log(/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);`,
  );
  const sizes = [200, 150, 230, 100, 260, 260, 300];
  const { stdout } = bench.run(['run', '-q', '--', 'node', 'spikes.mjs', '300', ...sizes.map(String)]);
  const [list = '', hwmKib = ''] = stdout.trim().split('\n');
  const spikes: Spike[] = JSON.parse(list);
  const { rows, info } = bench.read();
  const highest = spikes.filter((_, i) => sizes.slice(0, i).every((size) => size < sizes[i]!));
  expect(highest).toHaveLength(4);
  for (const [i, spike] of spikes.entries()) expect(spike.height).toBeGreaterThan(sizes[i]! * MB);
  for (const spike of highest) expect(Math.abs(told(rows, spike) / spike.height - 1)).toBeLessThan(0.02);
  expect(info.peak_sources.job).toBe('vm-hwm');
  expect(Number(hwmKib) * 1024).toBeGreaterThan(300 * MB);
});

test('a job that is small at every sample and once was not shows it: in the interval, the summary, the report and the picture', ({
  bench,
}) => {
  // Samples at 0, 3, 6 s; the job touches 700 MB for 5 ms within the second interval.
  writeFileSync(
    join(bench.folder, 'spikes.mjs'),
    SPIKES.replace('maxByteLength: 400e6', 'maxByteLength: 800e6').replace('await wait(500);', 'await wait(4000);'),
  );
  const { stdout, stderr } = bench.run(['run', '-i', '3s', '-o', 'once', '--', 'node', 'spikes.mjs', '2500', '700']);
  const [spike] = JSON.parse(stdout) as Spike[];
  const { rows, info } = bench.read('once');
  for (const row of rows) expect(row.job_rss_bytes ?? 0).toBeLessThan(150 * MB);
  const high = rows.filter((row) => (row.job_peak_bytes ?? 0) > 150 * MB);
  expect(high).toHaveLength(1);
  const at = rows.indexOf(high[0]!);
  expect(high[0]!.time!).toBeGreaterThanOrEqual(spike!.whole);
  expect(rows[at - 1]!.time!).toBeLessThanOrEqual(spike!.gone);
  expect(Math.abs(high[0]!.job_peak_bytes! / spike!.height - 1)).toBeLessThan(0.02);
  expect(info.summary?.peak_bytes).toBe(high[0]!.job_peak_bytes);
  const shown = `${Math.round(high[0]!.job_peak_bytes! / 1024 / 1024)} MiB`;
  expect(stderr).toMatch(new RegExp(`^peak +${shown} .* from VmHWM$`, 'm'));
  expect(stderr).toMatch(/^course .*█/m);
  const report = bench.run(['report', 'once']).stdout;
  expect(report).toMatch(new RegExp(`^ +peak +${shown} .*high-water mark`, 'm'));
  expect(report).toMatch(/^ +▁+█▁*$/m);
  bench.run(['export', 'once', '-o', 'once.svg']);
  expect(readFileSync(join(bench.folder, 'once.svg'), 'utf8').replace(/<[^>]*>/g, '')).toContain(`peak ${shown}`);
});

test('--reset-peaks without a process is asked wrongly', ({ bench }) => {
  expect(bench.run(['record', '--reset-peaks'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--reset-peaks: no process to reset'),
  });
});

test('--reset-peaks reads a process that already ran, whose past peak is not this recording’s', async ({ bench }) => {
  writeFileSync(
    join(bench.folder, 'spikes.mjs'),
    SPIKES.replace('await wait(500);', "console.log('up'); await wait(1500);"),
  );
  const { spawn } = await import('node:child_process');
  const job = spawn('node', ['spikes.mjs', '400', '300', '300'], {
    cwd: bench.folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  await new Promise<void>((resolve) =>
    job.stdout.on('data', (part: Buffer) => {
      text += part.toString();
      if (text.includes('up\n')) resolve();
    }),
  );
  const ended = new Promise<void>((resolve) => job.once('close', () => resolve()));
  const recorder = bench.start([
    'record',
    '-q',
    '-i',
    '100ms',
    '-o',
    'of-pid',
    '--reset-peaks',
    '--pid',
    String(job.pid),
  ]);
  const recorded = new Promise<void>((resolve) => recorder.once('close', () => resolve()));
  await Promise.all([ended, recorded]);
  const spikes: Spike[] = JSON.parse(text.slice(text.indexOf('[')));
  const { rows } = bench.read('of-pid');
  for (const spike of spikes) expect(Math.abs(told(rows, spike) / spike.height - 1)).toBeLessThan(0.02);
});
