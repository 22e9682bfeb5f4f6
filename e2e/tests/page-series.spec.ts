// What a program prints of its own memory, drawn under what the system charges: recorded, found, switched and exported for real.
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { COMMAND, drawnGraph, expect, inAddress, pointOn, test } from './page-fixture.js';

/** As the package's subpath it is tried in packages.spec.ts. */
const CHECKPOINT = pathToFileURL(join(import.meta.dirname, '../../recorder/dist/checkpoint.js'));
/** Fills V8's heap, then buffers that V8 does not count, then lets its objects go. About four seconds. */
const JOB = `
import { checkpoint } from '${CHECKPOINT}';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
console.log(new Date().toISOString() + ' INFO filling');
let kept = [];
for (let i = 0; i < 25; i++) { kept.push(Array.from({ length: 60000 }, (_, j) => ({ i, j }))); await sleep(40); }
checkpoint('filled');
const buffers = [];
for (let i = 0; i < 12; i++) { buffers.push(Buffer.alloc(16 << 20, 1)); await sleep(40); }
console.log(new Date().toISOString() + ' INFO heapNow=' + (process.memoryUsage().heapUsed / 2 ** 20).toFixed(1) + 'MB');
await sleep(600);
checkpoint('buffered');
kept = [];
await sleep(300);
console.log(new Date().toISOString() + ' INFO heapNow=' + (process.memoryUsage().heapUsed / 2 ** 20).toFixed(1) + 'MB, held ' + buffers.length);
`;

let recording: string;

test.beforeAll(({ folder }) => {
  recording = join(folder, 'gc');
  const job = join(folder, 'gc-job.mjs');
  writeFileSync(job, JOB);
  const args = ['run', '-q', '-o', recording, '--', process.execPath, '--trace-gc', job];
  execFileSync(process.execPath, [COMMAND, ...args], { stdio: 'pipe' });
});

const asJson = (...args: string[]) =>
  JSON.parse(execFileSync(process.execPath, [COMMAND, 'report', ...args, '--json'], { encoding: 'utf8' })) as {
    gap: { counted: { name: string }; peak: { charged_bytes: number; counted_bytes: number; gap_bytes: number } };
    printed: { name: string; readings: number; max_bytes: number }[];
  };

test('a job run with --trace-gc shows its own heap under its RSS, and checkpoints are found', async ({
  page,
  view,
}) => {
  const { url } = await view(recording);
  await page.goto(url);
  await drawnGraph(page);
  const lines = page.getByRole('group', { name: 'Lines on the graph' });
  const heap = lines.getByRole('button', { name: 'V8 heap' }).first();
  await expect(heap).toHaveAttribute('aria-pressed', 'true');
  await expect(heap).toHaveAttribute('title', /before and after each collection/);
  // Dashed, which the samples are not.
  await expect(heap.locator('line')).toHaveAttribute('stroke-dasharray', /\d/);
  await expect(lines.getByRole('button', { name: 'Job RSS' }).first().locator('line')).toHaveAttribute(
    'stroke-dasharray',
    '',
  );

  // The keyboard switches it, the address keeps that.
  await heap.focus();
  await page.keyboard.press('Space');
  await expect(heap).toHaveAttribute('aria-pressed', 'false');
  expect(inAddress(page, 'lines')).not.toContain('v8_heap');
  await page.keyboard.press('Space');
  await expect(heap).toHaveAttribute('aria-pressed', 'true');
  await page.reload();
  await drawnGraph(page);
  await expect(heap).toHaveAttribute('aria-pressed', 'true');
  expect(inAddress(page, 'lines')).toContain('/v8_heap');

  await lines.getByRole('button', { name: /more lines/ }).click();
  await page.getByRole('button', { name: 'RSS printed' }).click();
  await expect(lines.getByRole('button', { name: 'RSS printed' })).toHaveAttribute('aria-pressed', 'true');
});

test('the report and the findings say what the program does not count', async ({ page, view }) => {
  const { gap, printed } = asJson(recording);
  expect(gap.counted.name).toBe('v8_heap');
  // Twelve buffers of 16 MiB are in no heap.
  expect(gap.peak.gap_bytes).toBeGreaterThan(150 * 2 ** 20);
  expect(printed.find(({ name }) => name === 'printed_rss')!.readings).toBe(2);

  const { url } = await view(recording);
  await page.goto(url);
  await drawnGraph(page);
  await expect(page.getByRole('button', { name: /At the peak the program counted .* \(V8 heap\)/ })).toBeVisible();
});

test('the gap is a third curve: switched, kept in the address, read under the cursor, labelled, and taken away', async ({
  page,
  view,
  folder,
}) => {
  const { url } = await view(recording);
  await page.goto(url);
  const graph = await drawnGraph(page);
  const lines = page.getByRole('group', { name: 'Lines on the graph' });
  const gap = lines.getByRole('button', { name: 'Gap: Job RSS − V8 heap' });
  await expect(gap).toHaveAttribute('aria-pressed', 'false');
  await expect(gap).toHaveAttribute('title', /the system charges and the program does not count/);
  await gap.focus();
  await page.keyboard.press('Space');
  await expect(gap).toHaveAttribute('aria-pressed', 'true');
  const dashOf = (name: RegExp) =>
    lines.getByRole('button', { name }).first().locator('line').getAttribute('stroke-dasharray');
  expect(await dashOf(/^\d? ?Gap/)).not.toBe(await dashOf(/V8 heap/));
  await page.reload();
  await drawnGraph(page);
  await expect(gap).toHaveAttribute('aria-pressed', 'true');
  expect(inAddress(page, 'lines')).toContain('/gap_bytes');
  await expect(graph).toHaveAccessibleDescription(/Gap at the peak [\d.]+ MiB\./);

  // Without prints after the last collection the count stays: what is read is RSS less the last print.
  const at = await pointOn(graph, 0.8);
  await page.mouse.move(at.x, at.y);
  const row = page.locator('.readout-rows tr', { hasText: 'Gap: Job RSS − V8 heap' });
  await expect(row.locator('.readout-value')).toHaveText(/^[\d.]+ MiB$/);

  // Off again by its finding's row: that puts it on.
  await gap.click();
  await expect(gap).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: /At the peak the program counted/ }).click();
  await expect(gap).toHaveAttribute('aria-pressed', 'true');

  const svg = join(folder, 'gap.svg');
  execFileSync(process.execPath, [COMMAND, 'export', recording, '-q', '-o', svg, '--gap']);
  expect(readFileSync(svg, 'utf8')).toMatch(/gap at the peak [\d.]+ MiB/);
  expect(readFileSync(svg, 'utf8')).toContain('Gap: Job RSS − V8 heap');
  const csv = join(folder, 'gap.csv');
  execFileSync(process.execPath, [COMMAND, 'export', recording, '-q', '-o', csv, '--gap']);
  expect(readFileSync(csv, 'utf8').split('\n')[0]).toMatch(/,gap_bytes$/);
  const html = join(folder, 'gap.html');
  execFileSync(process.execPath, [COMMAND, 'export', recording, '-q', '-o', html]);
  await page.goto(`${pathToFileURL(html)}#lines=r1/job_rss_bytes+r1/gap_bytes`);
  await drawnGraph(page);
  await expect(gap).toHaveAttribute('aria-pressed', 'true');
  await expect(graph).toHaveAccessibleDescription(/Gap at the peak [\d.]+ MiB\./);
});

test('where nothing is counted there is no gap, and --gap says what it would take', async ({ recording: plain }) => {
  const { stderr, status } = run('export', plain, '-o', 'never.png', '--gap');
  expect(status).toBe(2);
  expect(stderr).toMatch(/--gap: nothing says what the program counts[\s\S]*--series/);
});

test('a figure of one’s own is read with --series, on the page, in the report and in the picture', async ({
  page,
  view,
  folder,
}) => {
  const series = String.raw`mine=heapNow=(?<value>[\d.]+)(?<unit>MB)`;
  const { url } = await view(recording, '--series', series);
  await page.goto(url);
  await drawnGraph(page);
  await expect(page.getByRole('button', { name: /^mine/ })).toHaveAttribute('aria-pressed', 'true');
  // Two prints are too few for a gap of their own; they are read, and shown.
  expect(asJson(recording, '--series', series).printed.find(({ name }) => name === 'mine')?.readings).toBe(2);

  // One file carries the pattern along.
  const html = join(folder, 'mine.html');
  execFileSync(process.execPath, [COMMAND, 'export', recording, '-q', '-o', html, '--series', series]);
  await page.goto(String(pathToFileURL(html)));
  await drawnGraph(page);
  await expect(page.getByRole('button', { name: /^\d? ?mine/ })).toHaveAttribute('aria-pressed', 'true');

  const pictures = ['with.png', 'without.png'].map((name) => join(folder, name));
  const draw = (...args: string[]) => execFileSync(process.execPath, [COMMAND, 'export', recording, '-q', ...args]);
  draw('-o', pictures[0]!, '--series', series, '--column', 'job_rss_bytes', '--column', 'mine');
  draw('-o', pictures[1]!, '--series', series, '--column', 'job_rss_bytes');
  expect(readFileSync(pictures[0]!).equals(readFileSync(pictures[1]!))).toBe(false);
});

test('a pattern that is none ends with what to do', () => {
  const { stderr, status } = run('report', recording, '--series', 'heap=(');
  expect(status).toBe(2);
  expect(stderr).toMatch(/--series heap: \( is not a regular expression/);
  expect(stderr).toMatch(/Example: --series/);
});

test('a log that grows brings its figures to the page that is open', async ({ page, view, folder }) => {
  const csv = join(folder, 'growing.csv');
  const log = join(folder, 'growing.log');
  const start = Date.now() - 10_000;
  const at = (s: number): string => new Date(start + s * 1000).toISOString();
  writeFileSync(
    csv,
    `time,rss_bytes\n${Array.from({ length: 10 }, (_, s) => `${at(s)},${200_000_000 + s}\n`).join('')}`,
  );
  writeFileSync(log, `${at(1)} INFO started\n`);
  const { url } = await view(csv, '--log', log);
  await page.goto(url);
  await drawnGraph(page);
  const heap = page.getByRole('button', { name: /^Heap printed/ });
  await expect(heap).toHaveCount(0);
  appendFileSync(
    log,
    `${at(3)} [MEMORY] a: RSS 50.0 MB | Heap 20.0 MB\n${at(6)} [MEMORY] b: RSS 60.0 MB | Heap 30.0 MB\n`,
  );
  await expect(heap).toHaveAttribute('aria-pressed', 'true');
});

function run(...args: string[]): { stderr: string; status: number | null } {
  try {
    execFileSync(process.execPath, [COMMAND, ...args], { stdio: 'pipe' });
    return { stderr: '', status: 0 };
  } catch (error) {
    const { stderr, status } = error as { stderr: Buffer; status: number };
    return { stderr: stderr.toString(), status };
  }
}
