import { describe, expect, test } from 'vitest';
import { openLog } from '../logs/store.js';
import { csvFile } from '../series/fixtures-csv.js';
import type { LogClock } from '../view/data-source.js';
import { MIB } from './figure.js';
import { KeptReadings, MOST_READINGS } from './kept-readings.js';
import { LogSeries } from './log-series.js';
import { userPattern } from './user-pattern.js';

const START = Date.parse('2026-11-20T16:35:00.000Z');
const stamp = (s: number): string => new Date(START + s * 1000).toISOString();
const PLAIN: LogClock = { zone: null, shiftMs: 0 };

async function read(text: string, ...asked: string[]) {
  const source = csvFile(text, 'job.log');
  const log = openLog(source);
  await log.index();
  const series = new LogSeries(log, asked.map(userPattern));
  await series.read();
  return { source, log, series };
}
const drawn = (series: LogSeries, name: string, clock = PLAIN): [number, number][] => {
  const { times, values } = series.points(name, clock) ?? { times: [], values: [] };
  return Array.from(times, (time, i) => [(time - START) / 1000, values[i]! / MIB]);
};

test('a figure stands at the instant of its entry, continuation lines included', async () => {
  const { series } = await read(
    `${stamp(1)} INFO start\n${stamp(2)} INFO [MEMORY] load: RSS 50.0 MB | Heap 20.0 MB\n` +
      `${stamp(3)} INFO usage\n  heapUsed: 4769000,\n${stamp(4)} [MEMORY] work: RSS 80.0 MB | Heap 30.0 MB\n`,
  );
  expect(drawn(series, 'printed_rss')).toEqual([
    [2, 50],
    [4, 80],
  ]);
  // One reading is no line: it is not offered.
  expect(series.figures().map(({ name, readings }) => [name, readings])).toEqual([
    ['printed_heap', 2],
    ['printed_rss', 2],
  ]);
});

test('a collection has its heap before and after at one instant, in that order', async () => {
  const gc = (s: number, before: number, after: number) =>
    `${stamp(s)} gc ${s} @0.1s 0%: 0.1 ms clock, 0.2 ms cpu, ${before}->${before}->${after} MB, 9 MB goal, 2 P\n`;
  const { series } = await read(gc(1, 40, 10) + gc(2, 60, 20));
  expect(drawn(series, 'go_heap')).toEqual([
    [1, 40],
    [1, 10],
    [2, 60],
    [2, 20],
  ]);
  expect(series.figures()[0]).toMatchObject({
    label: 'Go heap',
    counts: 'objects',
    extremes: { max: 60 * MIB, maxAtMs: START + 2000 },
  });
});

test('processes that print into one log are told apart', async () => {
  const v8 = (s: number, pid: number, mb: string) =>
    `${stamp(s)} [${pid}:0x38242c00]  18 ms: Scavenge ${mb} (5.0) -> ${mb} (6.0) MB, 0.40 / 0.00 ms\n`;
  const { series } = await read(v8(1, 7, '4.0') + v8(2, 8, '90.0') + v8(3, 7, '5.0') + v8(4, 8, '91.0'));
  expect(
    series
      .figures()
      .filter(({ counts }) => counts === 'objects')
      .map(({ name, label }) => [name, label]),
  ).toEqual([
    ['v8_heap', 'V8 heap'],
    ['v8_heap.8', 'V8 heap, process 8'],
  ]);
});

describe('the person’s own pattern', () => {
  test('states its unit, or has it in the name, or counts bytes', async () => {
    const text = `${stamp(1)} heapUsed=12.5MB n=3 cache 7 held 512\n`;
    const { series } = await read(text, String.raw`heap=heapUsed=(?<value>[\d.]+)\s*(?<unit>MB)`);
    expect(drawn(series, 'heap')).toEqual([[1, 12.5]]);
    expect(drawn((await read(text, String.raw`cache_mb=cache (?<value>\d+)`)).series, 'cache_mb')).toEqual([[1, 7]]);
    expect((await read(text, String.raw`held=held (?<value>\d+)`)).series.points('held')!.values[0]).toBe(512);
  });

  test.each([
    ['heap', /expected NAME=PATTERN, found heap/],
    ['=x', /expected NAME=PATTERN/],
    ['a b=x', /expected NAME=PATTERN/],
    ['heap=(', /heap: \( is not a regular expression/],
    ['heap=\\d+', /has no group/],
  ])('%s is refused', (text, why) => {
    expect(() => userPattern(text)).toThrow(why);
  });
});

test('another zone and a shift move the readings', async () => {
  const { series } = await read('2026-11-20 16:35:01 [MEMORY] RSS 1 MB\n2026-11-20 16:35:02 [MEMORY] RSS 2 MB\n');
  expect(drawn(series, 'printed_rss')).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(drawn(series, 'printed_rss', { zone: '+01:00', shiftMs: 500 })[0]).toEqual([1 - 3600 + 0.5, 1]);
});

test('newest-first logs are drawn in time order', async () => {
  const { series } = await read([3, 2, 1].map((s) => `${stamp(s)} [MEMORY] RSS ${s} MB\n`).join(''));
  expect(drawn(series, 'printed_rss')).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
});

describe('a log that grows', () => {
  const line = (s: number) => `${stamp(s)} [MEMORY] RSS ${s}0 MB\n`;

  test('is read on, each line once', async () => {
    const { source, log, series } = await read(line(1) + line(2));
    source.append(line(3));
    await log.extend();
    expect(await series.read()).toBe(true);
    expect(drawn(series, 'printed_rss')).toEqual([
      [1, 10],
      [2, 20],
      [3, 30],
    ]);
    expect(await series.read()).toBe(false);
  });

  test('a last line that is not whole yet counts as it stands, and anew when its rest came', async () => {
    const { source, log, series } = await read(`${line(1)}${line(2)}${stamp(3)} [MEMORY] RSS 3 MB`);
    expect(drawn(series, 'printed_rss').at(-1)).toEqual([3, 3]);
    source.append(` | Peak 9 MB\n${line(4)}`);
    await log.extend();
    await series.read();
    expect(drawn(series, 'printed_rss')).toEqual([
      [1, 10],
      [2, 20],
      [3, 3],
      [4, 40],
    ]);
  });

  test('one that was replaced is read from its start', async () => {
    const { source, log, series } = await read(line(1) + line(2));
    source.content = new TextEncoder().encode(line(5) + line(6));
    await log.extend();
    await series.read();
    expect(drawn(series, 'printed_rss')).toEqual([
      [5, 50],
      [6, 60],
    ]);
  });
});

test('millions of readings stay within their room, with the true extremes at their true times', () => {
  const kept = new KeptReadings();
  for (let i = 0; i < 1_000_000; i += 1) {
    const value = i === 654_321 ? 1e9 : i === 123_456 ? 1 : 1000 + (i % 97);
    kept.push(value, { line: i + 1, time: i, flags: 0 });
  }
  expect(kept.count).toBe(1_000_000);
  expect(kept.kept).toBeLessThanOrEqual(MOST_READINGS);
  const all = Array.from({ length: kept.kept }, (_, at) => [kept.value(at), kept.entry(at).time]);
  expect(all).toContainEqual([1e9, 654_321]);
  expect(all).toContainEqual([1, 123_456]);
  expect(all.every(([, time], at) => at === 0 || time! > all[at - 1]![1]!)).toBe(true);
});

test('a hundred processes make no hundred lines', async () => {
  const lines = Array.from(
    { length: 200 },
    (_, i) => `${stamp(i)} [${i % 100}:0x38242c00]  18 ms: Scavenge 1.0 (5.0) -> 1.0 (6.0) MB, 0.40\n`,
  );
  const { series } = await read(lines.join(''));
  expect(series.figures().length).toBeLessThanOrEqual(24);
  expect(series.remarks[0]).toMatch(/More than 24 figures/);
});
