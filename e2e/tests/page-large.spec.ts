// A recording that is too large for memory: its peaks are seen at every zoom and wherever the view is moved.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawnGraph, expect, inAddress, test } from './page-fixture.js';

const START = Date.parse('2026-11-20T10:00:00.000Z');
const STEP_MS = 100;
const ROWS = 130_000;
/** Rows that alone reach so high, in GiB. */
const PEAKS: readonly (readonly [row: number, gib: number])[] = [
  [20_011, 5],
  [64_997, 6],
  [110_019, 7],
];

function writeSamples(path: string): void {
  const lines = ['time,elapsed_s,job_rss_bytes,machine_used_bytes\n'];
  const high = new Map(PEAKS);
  for (let row = 0; row < ROWS; row++) {
    const rss = (high.get(row) ?? 1) * 2 ** 30 + (high.has(row) ? 0 : (row % 977) * 4096);
    const at = new Date(START + row * STEP_MS).toISOString();
    lines.push(`${at},${(row / 10).toFixed(3)},${rss},${8 * 2 ** 30 + (row % 513) * 4096}\n`);
  }
  writeFileSync(path, lines.join(''));
}

const timeOf = (row: number): number => START + row * STEP_MS;

test('a known peak is seen at every zoom, and while the view moves through the file', async ({ page, view, folder }, {
  testId,
}) => {
  const recording = join(folder, `large-${testId}`);
  mkdirSync(recording);
  writeSamples(join(recording, 'memory.csv'));
  const { url } = await view(recording);
  await page.goto(url);
  const graph = await drawnGraph(page);
  const look = (fromMs: number, toMs: number) =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, `view=${fromMs}..${toMs}`);
  await expect(graph).toHaveAccessibleDescription(/The highest: [^.]*7(\.00?)? GiB/);

  for (const [row, gib] of PEAKS) {
    const said = new RegExp(`The highest: [^.]*\\b${gib}(\\.00?)? GiB`);
    for (const width of [3_600_000, 600_000, 61_000, 7000, 900, 150]) {
      await look(timeOf(row) - width * 0.4, timeOf(row) + width * 0.6);
      await expect(graph, `${gib} GiB, ${width} ms wide`).toHaveAccessibleDescription(said);
    }
  }

  // By hand through the whole file: what is said is always the highest sample of what is in view.
  const width = 1_000_000;
  await look(START, START + width);
  await expect.poll(() => inAddress(page, 'view')).toBe(`${START}..${START + width}`);
  const box = (await graph.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3);
  const seen = new Set<number>();
  for (let moved = 0; moved < 60; moved++) {
    const [fromMs, toMs] = (inAddress(page, 'view') ?? '').split('..').map(Number) as [number, number];
    const inView = PEAKS.filter(([row]) => timeOf(row) >= fromMs && timeOf(row) <= toMs).map(([, gib]) => gib);
    const highest = Math.max(1, ...inView);
    if (inView.length > 0) seen.add(highest);
    await expect(graph).toHaveAccessibleDescription(new RegExp(`The highest: [^.]*\\b${highest}(\\.\\d+)? GiB`));
    if (toMs >= timeOf(ROWS - 1)) break;
    await page.keyboard.down('Shift');
    await page.mouse.wheel(0, box.width / 3);
    await page.keyboard.up('Shift');
    await expect.poll(() => inAddress(page, 'view')).not.toBe(`${fromMs}..${toMs}`);
  }
  expect([...seen]).toEqual([5, 6, 7]);
});
