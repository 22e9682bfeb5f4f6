import { expect, test } from 'vitest';
import { emptyMemory } from '../job-tree/process-files.js';
import type { TrackedProcess } from '../job-tree/tracked-process.js';
import { LastSamples } from './last-samples.js';

const process = (pid: number, rssKib: number, name = `p${pid}`): TrackedProcess =>
  ({
    pid,
    peakKib: rssKib,
    memory: { ...emptyMemory(), rssKib },
    name: Buffer.from(name),
    nameLength: name.length,
  }) as TrackedProcess;

test('the newest samples are kept in time order, the oldest make room', () => {
  const last = new LastSamples(['a', 'b']);
  for (let i = 0; i < 100; i++) last.add(1000 + i, i, Float64Array.of(i, 2 * i), []);
  const all = last.all();
  expect(all.map((sample) => sample.value('b'))).toEqual(Array.from({ length: 32 }, (_, i) => 2 * (68 + i)));
  expect(all.at(-1)).toMatchObject({ timeMs: 1099, elapsedMs: 99 });
  expect(all[0]?.value('no such column')).toBeNaN();
});

test('a sample is not changed by what comes after it', () => {
  const last = new LastSamples(['a']);
  const cells = Float64Array.of(7);
  last.add(0, 0, cells, [process(1, 10)]);
  const [kept] = last.all();
  cells[0] = 8;
  for (let i = 0; i < 40; i++) last.add(i, i, cells, [process(2, 20)]);
  expect(kept?.value('a')).toBe(7);
  expect(kept?.processes).toEqual([{ pid: 1, name: 'p1', rssBytes: 10240, peakBytes: 10240 }]);
});

test.each([
  [
    [5, 1, 4, 2, 3, 9, 7],
    [9, 7, 5, 4, 3],
  ],
  [
    [1, 2, 3],
    [3, 2, 1],
  ],
  [
    [2, Number.NaN, 3],
    [3, 2],
  ],
  [[], []],
])('of processes with %j KiB the largest are %j', (sizes, largest) => {
  const last = new LastSamples([]);
  // Twice: the second sample uses a slot of its own, the third round comes back to the first.
  for (let i = 0; i < 33; i++)
    last.add(
      i,
      i,
      new Float64Array(0),
      sizes.map((kib, at) => process(at + 1, kib)),
    );
  const found = last.all().at(-1)?.processes ?? [];
  expect(found.map(({ rssBytes }) => rssBytes / 1024)).toEqual(largest);
  for (const { pid, name, rssBytes } of found) {
    expect(name).toBe(`p${pid}`);
    expect(sizes[pid - 1]).toBe(rssBytes / 1024);
  }
});
