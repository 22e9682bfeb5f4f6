// Any amount of output: no sample is lost, our memory stays as it is, and every byte arrives.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { COMMAND, endOf, test } from './record-fixture.js';

const MIB = 1024 * 1024;

for (const [name, command, bytes] of [
  ['two bytes a line', 'yes | head -c 500000000', 500_000_000],
  ['counted lines', 'seq 1 40000000', 348_888_897],
  ['one endless line', 'head -c 200000000 /dev/zero', 200_000_000],
] as const) {
  test(`a flood of ${name}`, async ({ bench }) => {
    const child = spawn(process.execPath, [COMMAND, 'run', '-q', '-o', 'flood', '--', 'sh', '-c', command], {
      cwd: bench.folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let received = 0;
    child.stdout.on('data', (part: Buffer) => {
      received += part.length;
    });
    expect((await endOf(child)).code).toBe(0);
    await expect.poll(() => received).toBe(bytes);

    const { info, rows } = bench.read('flood');
    expect(info.own_cost?.rss_peak_bytes).toBeLessThan(75 * MIB);
    expect(rows.length).toBe(info.own_cost?.samples);
    // A busy machine may be late; it must not be stuck until the flood is over.
    for (const [i, row] of rows.entries()) if (i > 0) expect(row.elapsed_s! - rows[i - 1]!.elapsed_s!).toBeLessThan(3);
    expect(statSync(join(bench.folder, 'flood/output.log')).size).toBeLessThan(1.6 * bytes);
  });
}

test('a reader that reads slowly slows the job, and sampling goes on', async ({ bench }) => {
  const child = bench.start(['run', '-q', '-o', 'slow', '--', 'sh', '-c', 'seq 1 200000']);
  const hash = createHash('sha256');
  // Nothing is read for two seconds: pipes and buffers fill up, the job waits.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  expect(child.exitCode).toBeNull();
  child.stdout?.on('data', (part: Buffer) => hash.update(part));
  const closed = new Promise((resolve) => child.once('close', resolve));
  await closed;
  expect(child.exitCode).toBe(0);
  expect(hash.digest('hex')).toBe(
    createHash('sha256')
      .update(Array.from({ length: 200_000 }, (_, i) => `${i + 1}\n`).join(''))
      .digest('hex'),
  );
  // Sampled while nothing moved.
  expect(bench.read('slow').rows.filter((row) => row.elapsed_s! > 0.5 && row.elapsed_s! < 1.8).length).toBeGreaterThan(
    0,
  );
});

test('a reader that goes away ends the job as it would without us', async ({ bench }) => {
  const child = bench.start(['run', '-q', '-o', 'gone', '--', 'sh', '-c', 'exec yes']);
  child.stdout?.once('data', () => child.stdout?.destroy());
  expect((await endOf(child)).code).toBe(128 + 13);
});
