// Before and after, budgets, scaling, the Markdown report: from real jobs to the files that CI and pull requests use.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { test } from './record-fixture.js';

const JOB =
  "console.log('loading data set'); const b = Buffer.alloc(Number(process.argv[1]) * 4e7, 1); console.log('held ' + b.length / 1e6 + ' MB'); setTimeout(() => console.log('done', b[0]), 800)";
const job = (size: string): string[] => ['--', 'node', '-e', JOB, size];

test('a job at growing sizes is recorded, fitted, compared and held to a budget', async ({ bench }) => {
  const scaled = bench.run(['scale', '--sizes', '1,2,4', '--limit', '2GiB', '-o', 'scale.json', ...job('{}')]);
  expect(scaled.stderr).toContain('size 4');
  expect(scaled.code).toBe(0);
  const fit = JSON.parse(readFileSync(join(bench.folder, 'scale.json'), 'utf8'));
  expect(fit).toMatchObject({ format: 1, verdict: 'linear' });
  expect(fit.bytes_per_x).toBeGreaterThan(3.5e7);
  expect(fit.bytes_per_x).toBeLessThan(4.5e7);
  expect(fit.figures[0].largest.size).toBeGreaterThan(30);

  const [one, , four] = readdirSync(join(bench.folder, 'tidemark-runs')).sort();
  expect(one).toMatch(/-node-size-1$/);

  const compared = bench.run(['compare', four!, one!, '-o', 'change.md', '-o', 'change.png', '--json']);
  expect(compared.code, compared.stderr).toBe(0);
  expect(JSON.parse(compared.stdout)).toMatchObject({
    format: 1,
    measures: [{ measure: 'peak', verdict: 'less' }, {}, {}, {}],
  });
  expect(readFileSync(join(bench.folder, 'change.md'), 'utf8')).toContain('| peak ');
  expect(readFileSync(join(bench.folder, 'change.png')).subarray(1, 4).toString()).toBe('PNG');

  const summary = join(bench.folder, 'summary.md');
  writeFileSync(join(bench.folder, 'tidemark.budget.json'), '{"max_peak": "100MiB", "max_oom": 0}');
  const broken = bench.run(['check', four!, '--github'], { env: { ...process.env, GITHUB_STEP_SUMMARY: summary } });
  expect(broken.code).toBe(3);
  expect(broken.stdout).toMatch(/::error title=Memory budget::peak: \d+ MiB, over by/);
  expect(readFileSync(summary, 'utf8')).toContain('**broken**');
  expect(bench.run(['check', one!]).code).toBe(0);
  expect(bench.run(['check', one!, '--phase', 'no such phase<1MiB']).code).toBe(1);
  expect(bench.run(['check', one!, '--max-peak', 'much']).code).toBe(2);

  const told = bench.run(['report', four!, '-o', 'report.md']);
  expect(told.code, told.stderr).toBe(0);
  expect(readFileSync(join(bench.folder, 'report.md'), 'utf8')).toMatch(/^# Memory of `/);
});

test('a run that fails is said and left out', async ({ bench }) => {
  const scaled = bench.run(['scale', '--sizes', '1,2', '--', 'sh', '-c', 'sleep 0.4; test {} = 1']);
  expect(scaled.code).toBe(1);
  expect(scaled.stderr).toContain('size 2 failed (exit 1)');
  expect(scaled.stdout).toContain('failed: exit 1');
});

test('a terminal that is closed ends all sizes, not the one that runs', ({ bench }) => {
  const scaled = bench.run(['scale', '--sizes', '1,2', '--', 'sh', '-c', ': {}; kill -HUP $$']);
  expect(scaled.code).toBe(129);
  expect(scaled.stderr).toContain('interrupted; the recordings so far are kept');
  expect(scaled.stderr).not.toContain('size 2');
});
