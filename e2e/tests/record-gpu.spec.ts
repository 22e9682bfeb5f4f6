// `--gpu` with an nvidia-smi that answers in the form of the real one (its csv, two Tesla T4): this machine has no card.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { type Bench, test } from './record-fixture.js';

const MIB = 1024 * 1024;

function withTool(bench: Bench, script: string): NodeJS.ProcessEnv {
  const bin = join(bench.folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'nvidia-smi'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, 'nvidia-smi'), 0o755);
  return { ...process.env, PATH: `${bin}:${process.env.PATH}` };
}

/** The job writes its pid where the tool finds it. */
const JOB = ['sh', '-c', 'echo $$ > job.pid; sleep 3'];

test('memory of the cards and of the job’s processes, at a slower rate than the samples', ({ bench }) => {
  const env = withTool(
    bench,
    `case "$1" in
  *query-gpu*) printf '0, Tesla T4, 1100, 15360\\n1, Tesla T4, 300, 15360\\n' ;;
  *compute-apps*) sleep 0.5; printf '%s, 512\\n%s, 80\\n' "$(cat job.pid)" $$ ;;
esac`,
  );
  const { code } = bench.run(['run', '-q', '--gpu', '-o', 'a', '--', ...JOB], { env });
  expect(code).toBe(0);
  const { rows, columns, info } = bench.read('a');
  expect(columns.filter((name) => name.startsWith('gpu_'))).toEqual([
    'gpu_used_bytes',
    'gpu_total_bytes',
    'gpu_job_bytes',
    'gpu_0_used_bytes',
    'gpu_1_used_bytes',
  ]);
  const told = rows.filter((row) => row.gpu_used_bytes !== null);
  expect(told.length).toBeGreaterThan(0);
  for (const row of told) {
    expect(row).toMatchObject({
      gpu_used_bytes: 1400 * MIB,
      gpu_total_bytes: 30720 * MIB,
      gpu_job_bytes: 512 * MIB,
      gpu_0_used_bytes: 1100 * MIB,
      gpu_1_used_bytes: 300 * MIB,
    });
  }
  // Sampling went on while the tool took its half second: rows without it stand before its answer.
  expect(rows.findIndex((row) => row.gpu_used_bytes !== null)).toBeGreaterThan(1);
  expect(rows.length).toBeGreaterThan(told.length * 4);
  expect(info.columns).toContainEqual(expect.objectContaining({ name: 'gpu_job_bytes', unit: 'bytes' }));
});

test('without a tool, a driver or a card it is said once and the job runs', ({ bench }) => {
  const failing = "echo 'NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.'; exit 9";
  for (const [name, script, why] of [
    ['driver', failing, 'could not communicate with the NVIDIA driver'],
    ['card', "echo 'No devices were found'", 'knows no card'],
  ] as const) {
    const { code, stderr } = bench.run(['run', '--gpu', '-o', name, '--', 'sh', '-c', 'exit 3'], {
      env: withTool(bench, script),
    });
    expect(code).toBe(3);
    expect(stderr.match(/--gpu: /g)).toHaveLength(1);
    expect(stderr).toContain(why);
    expect(bench.read(name).columns.some((column) => column.startsWith('gpu_'))).toBe(false);
  }
});

test('a tool that fails later costs its own cells and nothing else', ({ bench }) => {
  const env = withTool(
    bench,
    'if [ -e used ]; then echo "GPU is lost"; exit 15; fi; touch used; echo "0, Tesla T4, 1100, 15360"',
  );
  const { code, stderr } = bench.run(['record', '-i', '50ms', '--duration', '2500ms', '--gpu', '-o', 'b'], { env });
  expect(code).toBe(0);
  expect(stderr).not.toContain('bug');
  const { rows } = bench.read('b');
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.every((row) => row.gpu_used_bytes === null && row.machine_used_bytes !== null)).toBe(true);
});
