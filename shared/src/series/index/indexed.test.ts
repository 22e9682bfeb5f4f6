import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { type CsvFile, csvFile, scannedFile, utf8 } from '../fixtures-csv.js';
import { openSeries, type SeriesOptions, type SeriesStore } from '../store.js';
import { HEADER_BYTES } from './checkpoint.js';
import { type MemoryIndex, memoryIndex } from './fixtures-index.js';

const START = Date.parse('2026-11-20T16:35:01.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const NAMES = ['a_bytes', 'b_pct', 'slow_bytes'];

interface Drawn {
  readonly seed: number;
  readonly count: number;
  readonly step: number;
  readonly gapEvery: number;
  readonly emptyEvery: number;
  readonly slowEvery: number;
  readonly fraction: boolean;
  /** How often the clock is set back. */
  readonly backEvery?: number;
}

/** Samples with gaps, empty cells, ties and a slow column; long enough for some levels, quick enough for many runs. */
function textOf({ seed, count, step, gapEvery, emptyEvery, slowEvery, fraction, backEvery = 1e9 }: Drawn): string {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const lines: string[] = [`time,elapsed_s,${NAMES.join(',')}\n`];
  let time = START;
  for (let i = 0; i < count; i++) {
    time += random() < 1 / gapEvery ? Math.floor(random() * 20_000) : Math.floor(step * (0.5 + random()));
    if (random() < 1 / backEvery) time -= Math.floor(random() * 300 * step);
    const at = fraction ? iso(time).replace('Z', '25Z') : iso(time);
    const a = random() < 1 / emptyEvery ? '' : Math.floor(random() * 1e10);
    const slow = i % slowEvery === 0 ? i : '';
    lines.push(`${at},${i},${a},${(random() * 100 - 50).toFixed(3)},${slow}\n`);
  }
  return lines.join('');
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  count: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 9000 })),
  step: fc.constantFrom(0, 100, 1000, 10_000),
  gapEvery: fc.constantFrom(7, 300, 1e9),
  emptyEvery: fc.constantFrom(3, 50, 1e9),
  slowEvery: fc.constantFrom(1, 5, 70, 900),
  fraction: fc.boolean(),
});
/** With a clock that is set back a few times. */
const stepping = fc
  .tuple(drawn, fc.constantFrom(700, 3000))
  .map(([shape, backEvery]): Drawn => ({ ...shape, backEvery }));
const share = fc.double({ min: 0, max: 1, noNaN: true });

async function open(text: string, options: SeriesOptions): Promise<SeriesStore> {
  const store = await openSeries(csvFile(text), options);
  await store.load();
  return store;
}

/** All that an index holds, but for how its file was read. */
function contentOf({ kept }: MemoryIndex): { blocks: string; saved: object } {
  const { bytes } = kept!;
  const textAt = new Float64Array(bytes.slice(32, 40).buffer)[0]!;
  const [length] = new Uint32Array(bytes.slice(16, 20).buffer);
  const text = new TextDecoder().decode(bytes.subarray(textAt, textAt + length!));
  const { identity: _, state: __, ...saved } = JSON.parse(text) as Record<string, unknown>;
  return { blocks: bytes.subarray(HEADER_BYTES, textAt).join(), saved };
}

async function sameAnswers(indexed: SeriesStore, memory: SeriesStore, p: number, q: number, pixels: number) {
  const span = memory.endMs - memory.startMs;
  const fromMs = memory.startMs - 500 + Math.min(p, q) * (span + 1000);
  const toMs = memory.startMs - 500 + Math.max(p, q) * (span + 1000);
  const request = { columns: NAMES, fromMs, toMs, pixels };
  const [one, other] = [await indexed.window(request), await memory.window(request)];
  expect([one.exact, one.extremes]).toEqual([other.exact, other.extremes]);
  expect(one.traces.map(({ column }) => column)).toEqual(other.traces.map(({ column }) => column));
  for (const [i, { times, values }] of one.traces.entries()) {
    const true_ = other.traces[i]!;
    // Compared here and not by the test library, which takes long for many numbers.
    const wrong = times.findIndex((t, k) => t !== true_.times[k] || !Object.is(values[k], true_.values[k]));
    const there = wrong < 0 ? 'as in memory' : `${times[wrong]} ${values[wrong]}`;
    const expected = wrong < 0 ? 'as in memory' : `${true_.times[wrong]} ${true_.values[wrong]}`;
    expect([times.length, there]).toEqual([true_.times.length, expected]);
  }
}

function sameFacts(indexed: SeriesStore, memory: SeriesStore): void {
  expect([indexed.rows, indexed.startMs, indexed.endMs]).toEqual([memory.rows, memory.startMs, memory.endMs]);
  expect(indexed.extremes).toEqual(memory.extremes);
  expect(indexed.remarks).toEqual(memory.remarks);
}

describe('an index answers as rows in memory do', () => {
  test.each([false, true])('any window of any file (loose: %s)', async (loose) => {
    await fc.assert(
      fc.asyncProperty(
        drawn,
        fc.array(fc.tuple(share, share, fc.integer({ min: 1, max: 700 })), { minLength: 1, maxLength: 6 }),
        async (shape, windows) => {
          const text = textOf(loose ? { ...shape, count: Math.min(shape.count, 2500) } : shape);
          const memory = await open(text, { loose });
          const indexed = await open(text, { loose, index: memoryIndex() });
          sameFacts(indexed, memory);
          await sameAnswers(indexed, memory, 0, 1, windows[0]![2]);
          for (const [p, q, pixels] of windows) await sameAnswers(indexed, memory, p, q, pixels);
          for (const [p, , pixels] of windows) await sameAnswers(indexed, memory, p, p + 0.003, pixels);
          for (const name of NAMES) {
            const [mean, true_] = [await indexed.mean(name), await memory.mean(name)];
            if (Number.isNaN(true_)) expect(mean).toBeNaN();
            else expect(mean).toBeCloseTo(true_, Math.abs(true_) > 1e6 ? 0 : 5);
          }
        },
      ),
      { numRuns: loose ? 20 : 60, seed: 51 },
    );
  });

  test.each([false, true])('also where the clock was set back (loose: %s)', async (loose) => {
    await fc.assert(
      fc.asyncProperty(
        stepping,
        fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 4 }),
        async (shape, windows) => {
          const text = textOf(loose ? { ...shape, count: Math.min(shape.count, 2500) } : shape);
          const memory = await open(text, { loose });
          const index = memoryIndex();
          const indexed = await open(text, { loose, index });
          for (const store of [indexed, await open(text, { loose, index })]) {
            sameFacts(store, memory);
            for (const pixels of [3, 40, 900]) await sameAnswers(store, memory, 0, 1, pixels);
            for (const [p, q] of windows) await sameAnswers(store, memory, p, q, 100);
            for (const [p] of windows) await sameAnswers(store, memory, p, p + 0.003, 900);
          }
          expect(index.reopened).toBe(1);
        },
      ),
      { numRuns: loose ? 15 : 40, seed: 55 },
    );
  });

  test('a bounded series keeps the extremes, is bounded, and is whole when there are few rows', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (shape) => {
        const text = textOf(shape);
        const memory = await open(text, {});
        const indexed = await open(text, { index: memoryIndex() });
        if (shape.count < 500) {
          expect(await indexed.bounded(NAMES, shape.count)).toEqual(await memory.bounded(NAMES, shape.count));
        }
        // Of whatever is kept, time and cell are those of one row of the file.
        const rows = await memory.bounded(NAMES, shape.count);
        const cells = NAMES.map(
          (_, c) => new Set(Array.from(rows.times, (time, i) => `${time} ${rows.values[c]![i]}`)),
        );
        for (const [c, name] of NAMES.entries()) {
          const { times, values } = await indexed.bounded([name], 60);
          expect(
            Array.from(times, (time, i) => `${time} ${values[0]![i]}`).filter((cell) => !cells[c]!.has(cell)),
          ).toEqual([]);
        }
        const { times, values } = await indexed.bounded(['a_bytes'], 60);
        expect(times.length).toBeLessThanOrEqual(Math.min(shape.count, 62));
        const known = memory.extremes.a_bytes;
        if (known === undefined) return;
        const measured = values[0]!.filter((v) => !Number.isNaN(v));
        expect([Math.min(...measured), Math.max(...measured)]).toEqual([known.min, known.max]);
      }),
      { numRuns: 20, seed: 52 },
    );
  });

  test('read in pieces, kept and taken up again, the answer is the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        drawn,
        fc.array(share, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(0, 3000, 60_000),
        async (shape, cuts, again, loose, fromBytes) => {
          const text = textOf({ ...shape, count: Math.min(shape.count, loose ? 1500 : 9000) });
          const header = text.indexOf('\n') + 1;
          const places = cuts.map((cut) => header + Math.floor(cut * (text.length - header))).sort((a, b) => a - b);
          const index = memoryIndex(fromBytes);
          const file = csvFile(text.slice(0, places[0]));
          // Few first lines may look otherwise than many: how the file is read is decided by all of them here.
          const factors = { a_bytes: 1, slow_bytes: 1 };
          let store = await openSeries(file, { index, loose, factors });
          await store.load().catch(() => undefined);
          for (const place of [...places.slice(1), text.length]) {
            file.content = utf8(text.slice(0, place));
            index.modifiedMs++;
            if (again) {
              store = await openSeries(file, { index, loose, factors });
              await store.load().catch(() => undefined);
            } else await store.extend();
          }
          const memory = await open(text, { loose, factors });
          sameFacts(store, memory);
          for (const pixels of [3, 40, 900]) await sameAnswers(store, memory, 0, 1, pixels);
          await sameAnswers(store, memory, 0.4, 0.5, 50);
        },
      ),
      { numRuns: 30, seed: 53 },
    );
  });
});

const PLAIN: Drawn = { seed: 5, count: 9000, step: 100, gapEvery: 300, emptyEvery: 50, slowEvery: 5, fraction: false };
const text = textOf(PLAIN);

test('an index is the same to the last byte, whoever reads the rows: compiled code, JavaScript or papaparse', async () => {
  const made = async (file: CsvFile, loose: boolean) => {
    const index = memoryIndex();
    const store = await openSeries(file, { index, loose, factors: { a_bytes: 1, slow_bytes: 1 } });
    await store.load();
    return { ...contentOf(index), rows: store.rows, remarks: store.remarks };
  };
  await fc.assert(
    fc.asyncProperty(drawn, async (shape) => {
      const text = textOf({ ...shape, count: Math.min(shape.count, 5000) });
      const plain = await made(csvFile(text), false);
      expect(await made(scannedFile(text), false)).toEqual(plain);
      expect(await made(csvFile(text), true)).toEqual(plain);
    }),
    { numRuns: 25, seed: 56 },
  );
});

describe('an index that was kept', () => {
  test('is taken up without reading the rows again', async () => {
    const index = memoryIndex();
    await open(text, { index });
    const file = csvFile(text);
    const store = await openSeries(file, { index });
    expect(store.rows).toBe(9000);
    file.bytesRead = 0;
    await store.load();
    expect(file.bytesRead).toBeLessThan(20_000);
    expect(index.created).toBe(1);
    sameFacts(store, await open(text, {}));
  });

  test.each([
    ['the file was replaced', (index: ReturnType<typeof memoryIndex>) => (index.id = 'another')],
    ['the file was written to and has the same length', (index: ReturnType<typeof memoryIndex>) => index.modifiedMs++],
  ])('is thrown away when %s', async (_name, change) => {
    const index = memoryIndex();
    await open(text, { index });
    change(index);
    const [head, ...lines] = text.split('\n');
    const other = [head, ...lines.map((line) => line.slice(0, 25) + line.slice(25).replaceAll('7', '8'))].join('\n');
    expect(other.length).toBe(text.length);
    sameFacts(await open(other, { index }), await open(other, {}));
    expect(index.created).toBe(2);
  });

  test('is thrown away when the file is shorter than it was', async () => {
    const index = memoryIndex();
    await open(text, { index });
    const shorter = text.slice(0, text.lastIndexOf('\n', text.length / 2) + 1);
    const store = await open(shorter, { index });
    sameFacts(store, await open(shorter, {}));
    expect(index.created).toBe(2);
  });

  test('is thrown away when the file grew but its old rows are others', async () => {
    const index = memoryIndex();
    await open(text, { index });
    index.modifiedMs++;
    const lines = textOf({ ...PLAIN, seed: 6, count: 9100 });
    sameFacts(await open(lines, { index }), await open(lines, {}));
    expect(index.created).toBe(2);
  });

  test('is thrown away when columns are read otherwise', async () => {
    const index = memoryIndex();
    await open(text, { index });
    await open(text, { index, factors: { a_bytes: 1024 } });
    expect(index.created).toBe(2);
  });

  test('never gives a wrong answer, whatever byte of it is damaged', async () => {
    const good = memoryIndex();
    const memory = await open(text, {});
    await open(text, { index: good });
    const bytes = good.kept!.bytes;
    await fc.assert(
      fc.asyncProperty(share, fc.integer({ min: 1, max: 255 }), async (place, flip) => {
        const damaged = bytes.slice();
        const at = Math.floor(place * (bytes.length - 1));
        damaged[at] = damaged[at]! ^ flip;
        const index = memoryIndex();
        index.kept = { bytes: damaged };
        const store = await open(text, { index });
        sameFacts(store, memory);
        await sameAnswers(store, memory, 0, 1, 500);
        await sameAnswers(store, memory, 0.2, 0.8, 100);
      }),
      { numRuns: 30, seed: 54 },
    );
  });

  test('is cut off anywhere: the samples are read again', async () => {
    const good = memoryIndex();
    await open(text, { index: good });
    for (const length of [0, 10, 64, 70_000, good.kept!.bytes.length - 1]) {
      const index = memoryIndex();
      index.kept = { bytes: good.kept!.bytes.slice(0, length) };
      sameFacts(await open(text, { index }), await open(text, {}));
      expect(index.created).toBe(1);
    }
  });
});

test('samples that are changed under an open index are read anew when asked', async () => {
  const index = memoryIndex();
  const file = csvFile(text);
  const store = await openSeries(file, { index });
  await store.load();
  const other = textOf({ ...PLAIN, seed: 7, count: 4000 });
  file.content = utf8(other);
  const memory = await open(other, {});
  await sameAnswers(store, memory, 0.1, 0.2, 5000);
  sameFacts(store, memory);
});

test('lines of several writers, mixed all the time, are kept in memory', async () => {
  const lines = Array.from({ length: 300 }, (_, i) => `${iso(START + (i ^ 1) * 1000)},1,${i},5,5\n`).join('');
  const mixed = text.slice(0, text.indexOf('\n') + 1) + lines;
  const index = memoryIndex();
  const store = await open(mixed, { index });
  const memory = await open(mixed, {});
  sameFacts(store, memory);
  await sameAnswers(store, memory, 0, 1, 40);
  expect(index.kept).toBeNull();
});

test('a clock that is set back while the file grows: all is put in order now and then, and said until then', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const index = memoryIndex();
    const file = csvFile(text);
    const store = await openSeries(file, { index });
    await store.load();
    const { endMs } = store;
    const row = (ms: number) => `${iso(ms)},1,7,5,5\n`;
    const slowly = async () => void vi.advanceTimersByTime(10);
    file.append(row(endMs - 5000) + row(endMs - 4000));
    expect(await store.extend(undefined, undefined, slowly)).toBe('grown');
    sameFacts(store, await open(new TextDecoder().decode(file.content), {}));
    file.append(row(endMs - 3000));
    expect(await store.extend(undefined, undefined, slowly)).toBe('same');
    expect(store.remarks.at(-1)).toMatch(/clock was set back while recording/);
    vi.advanceTimersByTime(60_000);
    file.append(row(endMs - 2000));
    expect(await store.extend(undefined, undefined, slowly)).toBe('grown');
    file.append(row(endMs + 1000));
    expect(await store.extend()).toBe('grown');
    const memory = await open(new TextDecoder().decode(file.content), {});
    sameFacts(store, memory);
    await sameAnswers(store, memory, 0.5, 1, 300);
  } finally {
    vi.useRealTimers();
  }
});

test('times of day have no index: which day a row is of follows from those before it', async () => {
  const day = Array.from({ length: 300 }, (_, i) => `${iso(START + i * 600_000).slice(11, 19)},${i}\n`).join('');
  const index = memoryIndex();
  const store = await open(`time,rss_bytes\n${day}`, { index });
  expect([index.created, store.rows, store.endMs - store.startMs]).toEqual([0, 300, 299 * 600_000]);
});

test('a small file has no index', async () => {
  const index = memoryIndex(text.length + 1);
  await open(text, { index });
  expect([index.created, index.reopened]).toEqual([0, 0]);
});

test('a file that was small leaves memory once it is large, and answers meanwhile', async () => {
  const index = memoryIndex(text.length);
  const file = csvFile(text.slice(0, text.indexOf('\n', text.length / 2) + 1));
  const store = await openSeries(file, { index });
  await store.load();
  const before = store.rows;
  file.content = utf8(text);
  const seen = new Set<number>();
  const pause = async (): Promise<void> => {
    seen.add(store.rows);
  };
  expect(await store.extend(undefined, undefined, pause)).toBe('grown');
  expect([...seen]).toEqual([before]);
  expect([store.rows, index.created]).toEqual([9000, 1]);
  await sameAnswers(store, await open(text, {}), 0, 1, 300);
  file.append(`${iso(store.endMs + 100)},1,5,5,5\n`);
  expect(await store.extend()).toBe('grown');
  expect([store.rows, index.created]).toEqual([9001, 1]);
});

test('following does not read old rows again', async () => {
  const index = memoryIndex();
  const file = csvFile(text);
  const store = await openSeries(file, { index });
  await store.load();
  file.bytesRead = 0;
  file.append(`${iso(store.endMs + 100)},1,5,5,5\n`);
  expect(await store.extend()).toBe('grown');
  expect(store.rows).toBe(9001);
  expect(file.bytesRead).toBeLessThan(5000);
});

test('following for a week reads each hour no more than that hour, and answers the week from a bounded part of it', async () => {
  const index = memoryIndex();
  const file = csvFile(`time,elapsed_s,${NAMES.join(',')}\n`);
  const store = await openSeries(file, { index });
  await store.load().catch(() => undefined);
  let read = 0;
  for (let hour = 0; hour < 168; hour++) {
    const rows = Array.from({ length: 120 }, (_, i) => {
      const at = hour * 120 + i;
      return `${iso(START + at * 30_000)},${at},${at * 1000},${(at % 700) / 10},5\n`;
    });
    file.append(rows.join(''));
    file.bytesRead = 0;
    expect(await store.extend()).toBe('grown');
    read = Math.max(read, file.bytesRead);
  }
  expect(store.rows).toBe(168 * 120);
  // An hour is some 6 KB: looked at for its order, read, and the probes of the file's start and end.
  expect(read).toBeLessThan(40_000);
  const request = { columns: NAMES, fromMs: START, toMs: store.endMs, pixels: 800 };
  file.bytesRead = 0;
  const { traces, extremes } = await store.window(request);
  expect(file.bytesRead).toBeLessThan(60_000);
  expect(Math.max(...traces.map(({ times }) => times.length))).toBeLessThan(6 * 800);
  expect(extremes.a_bytes).toMatchObject({ min: 0, max: (168 * 120 - 1) * 1000 });
});

test.each([
  ['buckets', 0, 1],
  ['raw rows', 0.3, 0.33],
])('an answer that nobody waits for any more ends after the read that it is at (%s)', async (_, from, to) => {
  const stop = new AbortController();
  let reads = 0;
  let stopAt = Number.POSITIVE_INFINITY;
  const counted = async <T>(read: () => Promise<T> | T): Promise<T> => {
    if (++reads >= stopAt) stop.abort();
    return read();
  };
  const host = memoryIndex();
  const { create } = host;
  host.create = async () => {
    const file = await create();
    return {
      ...file,
      read: (...span) => counted(() => file.read(...span)),
      scan: (a, b, use) => counted(() => file.scan(a, b, use)),
    };
  };
  const text = textOf({
    seed: 1,
    count: 60_000,
    step: 100,
    gapEvery: 1e9,
    emptyEvery: 1e9,
    slowEvery: 1,
    fraction: false,
  });
  const store = await open(text, { index: host });
  const span = store.endMs - store.startMs;
  const request = { columns: NAMES, fromMs: store.startMs + from * span, toMs: store.startMs + to * span, pixels: 900 };
  reads = 0;
  await store.window(request, stop.signal);
  const all = reads;
  expect(all).toBeGreaterThan(1);
  // Blocks at its edges are kept at hand: elsewhere they are read.
  reads = 0;
  stopAt = 1;
  const shifted = {
    ...request,
    fromMs: request.fromMs + span / 2,
    toMs: Math.min(store.endMs, request.toMs + span / 2),
  };
  await expect(store.window(shifted, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
  expect(reads).toBeLessThan(all);
});
