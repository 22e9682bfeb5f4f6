import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RecordingFormatError } from '../errors.js';
import { csvFile, loaded, utf8 } from './fixtures-csv.js';
import { memoryIndex } from './index/fixtures-index.js';
import { openSeries, type SeriesStore } from './store.js';

const START = Date.parse('2026-11-20T16:35:01.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();

const OWN = `time,elapsed_s,job_rss_bytes,job_peak_bytes,job_processes
2026-11-20T16:35:01.000Z,0.000,1000,1000,1
2026-11-20T16:35:01.100Z,0.100,2000,2500,1
2026-11-20T16:35:01.200Z,0.200,,,
2026-11-20T16:35:01.300Z,0.300,1500,1500,2
`;

async function all(store: SeriesStore, column: string, pixels = 1000): Promise<[number, number][]> {
  const { traces } = await store.window({ columns: [column], fromMs: store.startMs, toMs: store.endMs, pixels });
  const [trace] = traces;
  return trace === undefined ? [] : Array.from(trace.times, (time, i) => [time - store.startMs, trace.values[i]!]);
}

describe('our own recording', () => {
  test('columns, rows and extremes are known', async () => {
    const store = await loaded(OWN);
    expect(store.format).toBe('plain');
    expect(store.columns.map(({ name, unit, label }) => `${label}: ${name} in ${unit}`)).toEqual([
      'Job RSS: job_rss_bytes in bytes',
      'Job peak: job_peak_bytes in bytes',
      'Job processes: job_processes in count',
    ]);
    expect([store.rows, store.startMs, store.endMs]).toEqual([4, START, START + 300]);
    expect(store.extremes.job_peak_bytes).toEqual({ min: 1000, minAtMs: START, max: 2500, maxAtMs: START + 100 });
    expect(store.remarks).toEqual([]);
  });

  test('an empty cell breaks the line', async () => {
    const store = await loaded(OWN);
    expect(await all(store, 'job_rss_bytes')).toEqual([
      [0, 1000],
      [100, 2000],
      [200, Number.NaN],
      [300, 1500],
    ]);
  });

  test('a silence of more than a second breaks the line', async () => {
    const store = await loaded(
      `time,rss_bytes\n${[0, 100, 200, 5000, 5100].map((t) => `${iso(START + t)},7\n`).join('')}`,
    );
    expect((await all(store, 'rss_bytes')).map(([t]) => t)).toEqual([0, 100, 200, 2600, 5000, 5100]);
  });

  test('a slow column is a line with long steps, not dots', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${iso(START + i * 1000)},${i},${i % 10 === 0 ? 5 : ''}\n`);
    const store = await loaded(`time,a_bytes,slow_bytes\n${rows.join('')}`);
    expect((await all(store, 'slow_bytes')).every(([, v]) => v === 5)).toBe(true);
  });

  test('a recording that has only its header is open and empty', async () => {
    const store = await loaded('time,elapsed_s,job_rss_bytes\n');
    expect([store.rows, store.columns.length]).toEqual([0, 1]);
    expect(store.extremes).toEqual({});
    const window = await store.window({ columns: ['job_rss_bytes'], fromMs: 0, toMs: 1, pixels: 10 });
    expect(window.traces[0]!.times.length).toBe(0);
  });

  test('a column that is not there is passed over', async () => {
    const store = await loaded(OWN);
    const window = await store.window({ columns: ['nope'], fromMs: START, toMs: START + 300, pixels: 10 });
    expect(window.traces).toEqual([]);
  });
});

describe('any other CSV', () => {
  test.each([
    [
      'semicolons, decimal commas and a BOM',
      '\ufefftime;RSS (MB)\r\n2026-11-20 16:35:01;1,5\r\n2026-11-20 16:35:02;2,5\r\n',
      1.5 * 2 ** 20,
    ],
    ['tabs', 'time\trss_kb\n2026-11-20T16:35:01Z\t8\n2026-11-20T16:35:02Z\t9\n', 8192],
    ['quotes', '"time","note","rss_bytes"\n"2026-11-20T16:35:01Z","a, b","8"\n"2026-11-20T16:35:02Z","c","9"\n', 8],
    ['epoch seconds', 'timestamp,rss_bytes\n1795194901.5,8\n1795194902.5,9\n', 8],
    [
      'sizes with their units',
      'time,MEM USAGE\n2026-11-20T16:35:01Z,1.5MiB / 2GiB\n2026-11-20T16:35:02Z,2MiB / 2GiB\n',
      1.5 * 2 ** 20,
    ],
    ['a comment above', '# made by hand\ntime,rss_bytes\n2026-11-20T16:35:01Z,8\n2026-11-20T16:35:02Z,9\n', 8],
    ['a spreadsheet hint', 'sep=;\ntime;rss_bytes\n2026-11-20T16:35:01Z;8\n2026-11-20T16:35:02Z;9\n', 8],
    ['no last line feed', 'time,rss_bytes\n2026-11-20 16:35:01,8\n2026-11-20 16:35:02,9', 8],
  ])('%s', async (_name, text, first) => {
    const store = await loaded(text);
    expect(store.format).toBe(_name === 'a comment above' ? 'plain' : 'loose');
    expect(store.rows).toBe(2);
    const column = store.columns.at(-1)!;
    expect(column.unit).toBe('bytes');
    expect((await all(store, column.name))[0]![1]).toBe(first);
  });

  test('seconds since the start have no date', async () => {
    const store = await loaded('elapsed_time,nproc,cpu,mem_real_mb\n0.0,1,5,10\n0.5,1,6,12\n');
    expect([store.clock, store.startMs, store.endMs]).toEqual(['elapsed', 0, 500]);
    expect(store.extremes.mem_real_mb?.max).toBe(12 * 2 ** 20);
  });

  test('times without a zone are read in the zone that was asked for, else in UTC and said so', async () => {
    const text = 'time,rss_bytes\n2026-11-20 16:35:01,8\n';
    const utc = await loaded(text);
    expect(utc.startMs).toBe(START);
    expect(utc.remarks).toEqual(['The times in time name no zone and are read as UTC.']);
    const berlin = await loaded(text, { localToUtc: (ms) => ms - 3_600_000 });
    expect(berlin.startMs).toBe(START - 3_600_000);
    expect(berlin.remarks).toEqual([]);
  });

  test('what is guessed and what is left out is said', async () => {
    const text = 'time,rss,host\n2026-11-20T16:35:01Z,8.5,web\n2026-11-20T16:35:02Z,9.5,web\n';
    const store = await loaded(text);
    expect(store.remarks).toEqual([
      'Not shown, because they hold text: host.',
      'No unit in the name, taken by its values: rss as MiB.',
    ]);
    expect(store.columns.map(({ name }) => name)).toEqual(['rss']);
    expect(store.extremes.rss?.max).toBe(9.5 * 2 ** 20);
    const asked = await loaded(text, { factors: { rss: 2 ** 30 } });
    expect(asked.remarks.length).toBe(1);
    expect(asked.extremes.rss?.max).toBe(9.5 * 2 ** 30);
  });
});

describe('what is wrong is said with its place', () => {
  test.each([
    ['empty', '', 'run.csv: expected a CSV with a time column, found an empty file'],
    ['binary', '\u0000\u0001\u0002', 'run.csv: expected a CSV with a time column, found binary data'],
    [
      'binary without zeros',
      'a\u0001\u0003b\u0005,c\n\u0002d',
      'run.csv: expected a CSV with a time column, found binary data',
    ],
    ['no time column', 'a,b\n1,2\n3,4\n', 'run.csv:1: expected a time column, found the columns a, b'],
    [
      'a time column that holds words',
      'time,rss_bytes\n\nearly,1500000000\nlate,1500000000\n',
      'run.csv:3: expected a time in the column "time", found "early"',
    ],
    [
      'a time column of which half can be read',
      'time,note,rss_bytes\n2026-11-20T16:35:01Z,"two\nlines",5\nyesterday,,6\n',
      'run.csv:4: expected a time like "2026-11-20T16:35:01Z" in the column "time", found "yesterday"',
    ],
    [
      'times of two kinds',
      'time,rss_bytes\n2026-11-20T16:35:01Z,5\n1795194148,6\n2026-11-20T16:35:01Z,7\n12,8\n',
      'run.csv:3: expected a time like "2026-11-20T16:35:01Z" in the column "time", found "1795194148"',
    ],
    [
      'a time column without a cell',
      'rss_bytes,time\n5,\n6,\n',
      'run.csv:2: expected a time in the column "time", found nothing',
    ],
    [
      'only a time column',
      'time\n2026-11-20T16:35:01Z\n',
      'run.csv:1: expected a column of numbers beside the time, found the columns time',
    ],
    [
      'a picture',
      '\u0089PNG\r\n\u001a\n\u0000\u0000IHDR',
      'run.csv: expected a CSV with a time column, found binary data',
    ],
    [
      'prose',
      'Dear reader,\nthis is a letter.\n',
      'run.csv:1: expected a time column, found the columns Dear reader, column 2',
    ],
  ])('%s', async (_name, text, message) => {
    await expect(loaded(text)).rejects.toBeInstanceOf(RecordingFormatError);
    await expect(loaded(text)).rejects.toThrow(message);
  });

  test('what is accepted as a time is said', async () => {
    await expect(loaded('time,rss_bytes\n2026-11-20T16:35:01Z,5\nyesterday,6\n')).rejects.toMatchObject({
      advice: expect.stringMatching(
        /^1 of the first 2 rows has such a time; more than half must\. Accepted are RFC 3339 times, /,
      ),
    });
  });

  test('UTF-16 is named', async () => {
    const bytes = Uint8Array.from([0xff, 0xfe, ...Array.from('time,rss\n', (c) => [c.charCodeAt(0), 0]).flat()]);
    await expect(loaded(bytes)).rejects.toThrow('run.csv: expected text in UTF-8, found text in UTF-16');
  });

  test('ragged rows are skipped, counted, and the first is named', async () => {
    const store = await loaded(`${OWN}2026-11-20T16:35:01.400Z,0.4,5\n2026-11-20T16:35:01.500Z,0.5,5,5,1\nx\n`);
    expect(store.rows).toBe(5);
    expect(store.remarks).toEqual(['2 rows were skipped; the first: run.csv:6: expected 5 cells, found 3']);
  });

  test('a cut last line is left out and named', async () => {
    const store = await loaded(`${OWN}2026-11-20T16:35:01.400Z,0.4,50`);
    expect(store.rows).toBe(4);
    expect(store.remarks).toEqual(['The last line (run.csv:6) is cut off; the rest was read.']);
  });

  test('a row whose time cannot be read is skipped', async () => {
    const store = await loaded(`${OWN}yesterday,0.4,5,5,1\n`);
    expect(store.remarks).toEqual(['One row was skipped: run.csv:6: expected a time, found "yesterday"']);
  });

  test('three rows of which one has a time that cannot be read', async () => {
    const store = await loaded('time,rss_bytes\n2026-11-20T16:35:01Z,5\n20.11.26 16h35,6\n2026-11-20T16:35:03Z,7\n');
    expect(store.rows).toBe(2);
    expect(store.remarks).toEqual(['One row was skipped: run.csv:3: expected a time, found "20.11.26 16h35"']);
  });

  test('a word among numbers is not measured', async () => {
    const store = await loaded(`${OWN}2026-11-20T16:35:01.400Z,0.4,full,5,1\n`);
    expect(store.rows).toBe(5);
    expect(store.remarks).toEqual([
      'One cell is not a number and count as not measured: run.csv:6: expected a number in job_rss_bytes, found "full"',
    ]);
  });

  test('rows out of order are put in order', async () => {
    const store = await loaded(`time,rss_bytes\n${[0, 200, 100, 300].map((t) => `${iso(START + t)},${t}\n`).join('')}`);
    expect((await all(store, 'rss_bytes')).map(([, v]) => v)).toEqual([0, 100, 200, 300]);
    expect(store.remarks).toEqual(['One row is earlier than the row before; all were put in time order: run.csv:4']);
  });

  test('a file in which no row can be read is refused with the first of them', async () => {
    await expect(loaded('time,rss_bytes,x\n2026-11-20T16:35:01Z,5\n2026-11-20T16:35:02Z,6\n')).rejects.toThrow(
      'run.csv: expected rows that can be read, found none; run.csv:2: expected 3 cells, found 2',
    );
  });

  test('zeros at the end, as a power cut leaves them, cost no more than their line', async () => {
    const store = await loaded(Uint8Array.of(...utf8(OWN), ...new Array<number>(300).fill(0)));
    expect(store.rows).toBe(4);
  });
});

describe('a file that grows', () => {
  test('new rows are read without reading the old ones again', async () => {
    const more = Array.from({ length: 500 }, (_, i) => `${iso(START + 400 + i)},0.4,5,5,1\n`);
    const file = csvFile(OWN + more.join(''));
    const store = await openSeries(file);
    await store.load();
    expect(await store.extend()).toBe('same');
    file.bytesRead = 0;
    file.append('2026-11-20T16:35:02.400Z,0.400,9000,9000,1\n');
    expect(await store.extend()).toBe('grown');
    expect(store.rows).toBe(505);
    expect(store.extremes.job_rss_bytes?.max).toBe(9000);
    expect(file.bytesRead).toBeLessThan(1200);
  });

  test('a cut line waits for its rest', async () => {
    const file = csvFile(`${OWN}2026-11-20T16:35:01.400Z,0.4,50`);
    const store = await openSeries(file);
    await store.load();
    expect(store.remarks.length).toBe(1);
    file.append('00,5000,1\n');
    expect(await store.extend()).toBe('grown');
    expect(store.extremes.job_rss_bytes?.max).toBe(5000);
    expect(store.remarks).toEqual([]);
  });

  test('the last row of a CSV from elsewhere is read again when it was only half there', async () => {
    const file = csvFile('time,rss_bytes\n2026-11-20 16:35:01,8\n2026-11-20 16:35:02,1');
    const store = await openSeries(file);
    await store.load();
    expect(store.rows).toBe(2);
    file.append('7\n');
    await store.extend();
    expect(store.rows).toBe(2);
    expect(store.extremes.rss_bytes?.max).toBe(17);
  });

  test.each([
    ['a shorter one', `${OWN.split('\n').slice(0, 3).join('\n')}\n`, 2],
    ['one of the same length', OWN.replaceAll('16:35', '17:35'), 4],
    ['a longer one', `${OWN.replaceAll('16:35', '17:35')}2026-11-20T17:35:01.400Z,0.4,5,5,1\n`, 5],
  ])('another file in its place: %s', async (_name, text, rows) => {
    const file = csvFile(OWN);
    const store = await openSeries(file);
    await store.load();
    file.content = utf8(text);
    expect(await store.extend()).toBe('rebuilt');
    expect(store.rows).toBe(rows);
  });

  test('a quote that turns up late makes it a loose file, with the same rows', async () => {
    const file = csvFile(OWN);
    const store = await openSeries(file);
    await store.load();
    file.append('2026-11-20T16:35:01.400Z,0.400,"7000",7000,1\n');
    await store.extend();
    expect([store.format, store.rows, store.extremes.job_rss_bytes?.max]).toEqual(['loose', 5, 7000]);
  });

  test('loading can be stopped', async () => {
    const store = await openSeries(csvFile(OWN));
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(store.load(undefined, signal)).rejects.toThrow('stopped');
  });
});

/** Samples of every kind of irregularity: gaps, empty cells, bursts, negative and fractional numbers. */
const samples = fc
  .array(
    fc.record({
      step: fc.oneof(
        { weight: 8, arbitrary: fc.constant(100) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 9000 }) },
      ),
      a: fc.option(fc.integer({ min: -1000, max: 10_000_000_000 }), { freq: 12 }),
      b: fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { freq: 3 }),
    }),
    { minLength: 1, maxLength: 400 },
  )
  .map((list) => {
    let time = START;
    return list.map(({ step, a, b }) => {
      time += step;
      return { time, a: a ?? Number.NaN, b: b === null ? Number.NaN : Number(b.toFixed(3)) };
    });
  });

const textOf = (rows: { time: number; a: number; b: number }[]): string =>
  `time,elapsed_s,a_bytes,b_pct\n${rows
    .map(({ time, a, b }) => `${iso(time)},1,${Number.isNaN(a) ? '' : a},${Number.isNaN(b) ? '' : b}\n`)
    .join('')}`;

describe('whatever the file', () => {
  test('a window shows the true extremes of what is in it, at their true times', async () => {
    await fc.assert(
      fc.asyncProperty(
        samples,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, p, q, pixels) => {
          const store = await loaded(textOf(rows));
          const span = store.endMs - store.startMs;
          const fromMs = store.startMs + Math.min(p, q) * span;
          const toMs = store.startMs + Math.max(p, q) * span;
          const window = await store.window({ columns: ['a_bytes', 'b_pct'], fromMs, toMs, pixels });
          for (const key of ['a', 'b'] as const) {
            const name = key === 'a' ? 'a_bytes' : 'b_pct';
            const inside = rows.filter((r) => r.time >= fromMs && r.time <= toMs && !Number.isNaN(r[key]));
            const extremes = window.extremes[name];
            const trace = window.traces.find(({ column }) => column === name)!;
            if (inside.length === 0) {
              expect(extremes).toBeUndefined();
              continue;
            }
            const max = Math.max(...inside.map((r) => r[key]));
            const min = Math.min(...inside.map((r) => r[key]));
            expect([extremes?.min, extremes?.max]).toEqual([min, max]);
            expect(inside.some((r) => r[key] === max && r.time === extremes?.maxAtMs)).toBe(true);
            // What is drawn reaches as high and as low, and nothing is drawn that was not measured.
            const drawn = Array.from(trace.times, (time, i) => ({ time, value: trace.values[i]! }));
            const seen = drawn.filter(({ time, value }) => time >= fromMs && time <= toMs && !Number.isNaN(value));
            expect(Math.max(...seen.map(({ value }) => value))).toBe(max);
            expect(Math.min(...seen.map(({ value }) => value))).toBe(min);
            const real = new Set(rows.map((r) => `${r.time} ${r[key]}`));
            for (const { time, value } of drawn) {
              if (!Number.isNaN(value)) expect(real.has(`${time} ${value}`)).toBe(true);
            }
            expect(drawn.every(({ time }, i) => i === 0 || time >= drawn[i - 1]!.time)).toBe(true);
            if (window.exact) expect(seen.length).toBe(inside.length);
          }
        },
      ),
      { numRuns: 150, seed: 21 },
    );
  });

  test('the byte scanner and the CSV parser read the same', async () => {
    await fc.assert(
      fc.asyncProperty(samples, async (rows) => {
        const text = textOf(rows);
        const [plain, loose] = [await loaded(text), await loaded(text, { loose: true })];
        expect([plain.format, loose.format]).toEqual(['plain', 'loose']);
        const names = ['a_bytes', 'b_pct'];
        expect(await loose.bounded(names)).toEqual(await plain.bounded(names));
        expect(loose.extremes).toEqual(plain.extremes);
      }),
      { numRuns: 60, seed: 22 },
    );
  });

  test('read in pieces or at once, the answer is the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        samples,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
        async (rows, cuts) => {
          const text = textOf(rows);
          const header = text.indexOf('\n') + 1;
          const places = cuts.map((cut) => header + Math.floor(cut * (text.length - header))).sort((a, b) => a - b);
          const file = csvFile(text.slice(0, places[0] ?? text.length));
          const store = await openSeries(file);
          await store.load();
          for (const place of [...places.slice(1), text.length]) {
            file.content = utf8(text.slice(0, place));
            await store.extend();
          }
          const whole = await loaded(text);
          const request = { columns: ['a_bytes', 'b_pct'], fromMs: whole.startMs, toMs: whole.endMs, pixels: 5 };
          expect(store.rows).toBe(whole.rows);
          expect(store.remarks).toEqual(whole.remarks);
          expect(await store.bounded(['a_bytes', 'b_pct'], 50)).toEqual(await whole.bounded(['a_bytes', 'b_pct'], 50));
          const [grown, once] = [await store.window(request), await whole.window(request)];
          expect(grown.extremes).toEqual(once.extremes);
        },
      ),
      { numRuns: 60, seed: 23 },
    );
  });

  test('a bounded series keeps the extremes and stays bounded', async () => {
    await fc.assert(
      fc.asyncProperty(samples, async (rows) => {
        const store = await loaded(textOf(rows));
        const { times, values } = await store.bounded(['a_bytes'], 60);
        expect(times.length).toBeLessThanOrEqual(Math.min(store.rows, 62));
        const known = store.extremes.a_bytes;
        if (known === undefined) return;
        const measured = values[0]!.filter((v) => !Number.isNaN(v));
        expect([Math.min(...measured), Math.max(...measured)]).toEqual([known.min, known.max]);
      }),
      { numRuns: 60, seed: 24 },
    );
  });
});

test('a peak of one sample is there at every zoom, and panning shows the same points', async () => {
  const count = 20_000;
  const rows = Array.from(
    { length: count },
    (_, i) => `${iso(START + i * 100)},${i === 12_345 ? 9_000_000 : 1000 + (i % 7)}\n`,
  );
  const store = await loaded(`time,rss_bytes\n${rows.join('')}`);
  const peakAt = START + 1_234_500;
  for (let span = count * 100; span > 5000; span /= 2) {
    const fromMs = peakAt - span * 0.3;
    const { traces } = await store.window({ columns: ['rss_bytes'], fromMs, toMs: fromMs + span, pixels: 200 });
    const { times, values } = traces[0]!;
    expect(times.length).toBeLessThan(200 * 4 + 80);
    expect(times[values.indexOf(9_000_000)]).toBe(peakAt);
  }
  const at = async (fromMs: number): Promise<string[]> => {
    const { traces } = await store.window({ columns: ['rss_bytes'], fromMs, toMs: fromMs + 1_000_000, pixels: 100 });
    const { times, values } = traces[0]!;
    return Array.from(times, (t, i) => `${t} ${values[i]}`).filter(
      (_, i) => times[i]! > START + 500_000 && times[i]! < START + 800_000,
    );
  };
  expect(await at(START + 300_000)).toEqual(await at(START + 350_700));
});

test('a bounded series keeps the samples that a jump lies between, in noise and in a long run', async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => {
    const level = i < 31_337 ? 1e8 : 9e8;
    return `${iso(START + i * 100)},${level + ((i * 7919) % 1000) * 30_000}\n`;
  });
  const store = await loaded(`time,rss_bytes\n${rows.join('')}`);
  const { times, values } = await store.bounded(['rss_bytes'], 1000);
  expect(times.length).toBeLessThanOrEqual(1002);
  const after = values[0]!.findIndex((v) => v > 5e8);
  expect(times[after]! - START).toBe(3_133_700);
  expect(times[after - 1]! - START).toBe(3_133_600);
  // The rest is not forgotten over it: no hole of more than a few runs.
  expect(Math.max(...Array.from(times, (t, i) => (i === 0 ? 0 : t - times[i - 1]!)))).toBeLessThan(6_000_000 / 100);
});

test('a gap is a gap at every zoom', async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => `${iso(START + (i < 2500 ? 0 : 60_000) + i * 100)},5\n`);
  const store = await loaded(`time,rss_bytes\n${rows.join('')}`);
  for (const pixels of [10, 100, 1000, 10_000]) {
    const { traces } = await store.window({ columns: ['rss_bytes'], fromMs: store.startMs, toMs: store.endMs, pixels });
    expect(traces[0]!.values.filter(Number.isNaN).length).toBe(1);
  }
  expect(await store.mean('rss_bytes')).toBe(5);
});

test('gaps of hours that lie among a few samples are all seen, however many samples a pixel has', async () => {
  const quick = Array.from({ length: 20_000 }, (_, i) => i * 100);
  const slow = Array.from({ length: 60 }, (_, i) => 2_000_000 + i * 100 + Math.floor(i / 10) * 3_600_000);
  const text = `time,rss_bytes\n${[...quick, ...slow].map((ms) => `${iso(START + ms)},5\n`).join('')}`;
  for (const store of [await loaded(text), await loaded(text, { index: memoryIndex() })]) {
    const { traces } = await store.window({
      columns: ['rss_bytes'],
      fromMs: store.startMs,
      toMs: store.endMs,
      pixels: 200,
    });
    expect(traces[0]!.values.filter(Number.isNaN).length).toBe(5);
    expect(traces[0]!.times.length).toBeLessThan(900);
  }
});

test('a window inside a gap has the samples beyond both edges', async () => {
  const store = await loaded(
    `time,rss_bytes\n${[0, 100, 90_000, 90_100].map((t) => `${iso(START + t)},${t}\n`).join('')}`,
  );
  const { traces, extremes } = await store.window({
    columns: ['rss_bytes'],
    fromMs: START + 40_000,
    toMs: START + 50_000,
    pixels: 100,
  });
  expect(Array.from(traces[0]!.values)).toEqual([100, Number.NaN, 90_000]);
  expect(extremes).toEqual({});
});

test('the mean is weighted by time', async () => {
  const store = await loaded(
    `time,rss_bytes\n${[0, 100, 1000].map((t) => `${iso(START + t)},${t === 0 ? 0 : 10}\n`).join('')}`,
  );
  expect(await store.mean('rss_bytes')).toBeCloseTo((5 * 100 + 10 * 900) / 1000, 9);
});
