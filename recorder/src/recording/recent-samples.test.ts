import { expect, test } from 'vitest';
import { emptyMemory } from '../job-tree/process-files.js';
import type { TrackedProcess } from '../job-tree/tracked-process.js';
import { RecentSamples } from './recent-samples.js';

const process = (pid: number, rssKib: number, name = `p${pid}`): TrackedProcess =>
  ({
    pid,
    peakKib: rssKib,
    memory: { ...emptyMemory(), rssKib },
    name: Buffer.from(name),
    nameLength: name.length,
  }) as TrackedProcess;

/** Samples with the columns "a" and "b". `add` takes their cells and the processes of that instant. */
function recent() {
  const cells = new Float64Array(2);
  let family: readonly TrackedProcess[] = [];
  let changes = 0;
  const samples = new RecentSamples(
    { cells, at: (column) => ['a', 'b'].indexOf(column) },
    {
      get changes() {
        return changes;
      },
      processes: () => family,
    },
  );
  const add = (elapsedMs: number, values: readonly number[], processes = family): boolean => {
    cells.set(values);
    if (processes !== family) changes++;
    family = processes;
    return samples.add(1000 + elapsedMs, elapsedMs);
  };
  return { samples, add };
}

test('the newest samples are kept in time order, the oldest make room', () => {
  const { samples, add } = recent();
  for (let i = 0; i < 100; i++) add(i, [i, 2 * i]);
  const all = samples.all();
  expect(all.map((sample) => sample.value('b'))).toEqual(Array.from({ length: 32 }, (_, i) => 2 * (68 + i)));
  expect(all.at(-1)).toMatchObject({ timeMs: 1099, elapsedMs: 99 });
  expect(all[0]?.value('no such column')).toBeNaN();
});

test('a sample is not changed by what comes after it', () => {
  const { samples, add } = recent();
  add(0, [7, 0], [process(1, 10)]);
  const [kept] = samples.all();
  for (let i = 0; i < 40; i++) add(i, [8, 0], [process(2, 20)]);
  expect(kept?.value('a')).toBe(7);
  expect(kept?.processes).toEqual([{ pid: 1, name: 'p1', rssBytes: 10240, peakBytes: 10240 }]);
});

test('each sample is new once, and one says when the next would push out one that is', () => {
  const { samples, add } = recent();
  const seen = (): number[] => {
    const found: number[] = [];
    samples.eachNew(({ elapsedMs, cells }) => found.push(elapsedMs, cells[1]!));
    return found;
  };
  expect([add(1, [0, 10]), add(2, [0, 20])]).toEqual([true, true]);
  expect(seen()).toEqual([1, 10, 2, 20]);
  expect(seen()).toEqual([]);
  const room = Array.from({ length: 32 }, (_, i) => add(i, [0, i]));
  expect(room.indexOf(false)).toBe(31);
  expect(seen()).toHaveLength(64);
});

test('processes that did not change are those of the samples before', () => {
  const { samples, add } = recent();
  const family = [process(1, 10)];
  for (let i = 0; i < 70; i++) add(i, [i, i], i === 40 ? [process(2, 20)] : i === 41 ? family : undefined);
  const pids = samples.all().map(({ elapsedMs, processes }) => [elapsedMs, processes[0]?.pid]);
  expect(pids.slice(0, 4)).toEqual([
    [38, undefined],
    [39, undefined],
    [40, 2],
    [41, 1],
  ]);
  expect(pids.at(-1)).toEqual([69, 1]);
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
  const { samples, add } = recent();
  // The last one comes back to the slot of the first.
  for (let i = 0; i < 33; i++)
    add(
      i,
      [0, 0],
      sizes.map((kib, at) => process(at + 1, kib)),
    );
  const found = samples.all().at(-1)?.processes ?? [];
  expect(found.map(({ rssBytes }) => rssBytes / 1024)).toEqual(largest);
  for (const { pid, name, rssBytes } of found) {
    expect(name).toBe(`p${pid}`);
    expect(sizes[pid - 1]).toBe(rssBytes / 1024);
  }
});
