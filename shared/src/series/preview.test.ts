import { expect, test } from 'vitest';
import { csvFile } from './fixtures-csv.js';
import { memoryIndex } from './index/fixtures-index.js';
import { openSeries } from './store.js';

const START = Date.parse('2026-11-20T10:00:00.000Z');
const COUNT = 200_000;
const lines = Array.from({ length: COUNT }, (_, i) => `${new Date(START + i * 100).toISOString()},${1000 + i}\n`).join(
  '',
);

test('a large file is seen whole before its rows are read, and exactly once they are', async () => {
  const file = csvFile(`time,job_rss_bytes\n${lines}`);
  const store = await openSeries(file, { index: memoryIndex(), previewFromBytes: 1 });
  expect(file.bytesRead).toBeLessThan(file.content.length * 0.7);
  expect(store.endMs).toBeGreaterThan(START + (COUNT - 50) * 100);
  const request = { columns: ['job_rss_bytes'], fromMs: START, toMs: START + COUNT * 100, pixels: 800 };
  const coarse = await store.window(request);
  expect(coarse.exact).toBe(false);
  const [trace] = coarse.traces;
  expect(trace!.times.length).toBeGreaterThan(1000);
  // Every point is a true sample at its true time.
  expect(trace!.times.every((time, i) => trace!.values[i] === 1000 + (time - START) / 100)).toBe(true);
  expect(coarse.extremes.job_rss_bytes!.max).toBeGreaterThan(1000 + COUNT - 50);

  let halfway: Promise<unknown> | null = null;
  await store.load(async (done, total) => {
    if (done < total / 2 || halfway !== null) return;
    halfway = store.window(request).then(({ traces }) => {
      const { times } = traces[0]!;
      expect(times.every((time, i) => i === 0 || time >= times[i - 1]!)).toBe(true);
      expect(times.at(-1)).toBeGreaterThan(START + (COUNT - 50) * 100);
    });
  });
  await halfway;
  const fine = await store.window(request);
  expect(fine.extremes.job_rss_bytes).toEqual({
    min: 1000,
    minAtMs: START,
    max: 999 + COUNT,
    maxAtMs: START + (COUNT - 1) * 100,
  });
});
