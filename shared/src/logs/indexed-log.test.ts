// Blocks of any size give the answers that a plain look at every line gives, also while the log grows.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zoneNamed } from '../timestamps/zone.js';
import type { LogFilter } from '../view/data-source.js';
import { LEVELS, type Level } from './entry.js';
import { printEntry, textFile } from './fixtures-text.js';
import { IndexedLog } from './indexed-log.js';
import { LineReader } from './line-reader.js';
import { makePlan } from './read-plan.js';

interface PlainEntry {
  readonly line: number;
  last: number;
  readonly time: number;
  readonly level: Level | null;
  text: string;
}

/** Every entry of a log, by the line reader alone. */
function plainEntries(lines: readonly string[], zoneName: string): PlainEntry[] {
  const zone = zoneNamed(zoneName);
  const reader = new LineReader(makePlan(lines, { year: 2026, modifiedMs: null }));
  const entries: PlainEntry[] = [];
  lines.forEach((text, at) => {
    const { time, stated, level, continues } = reader.read(text);
    const last = entries.at(-1);
    if (continues && last) {
      last.last = at + 1;
      last.text += `\n${text}`;
    } else if (!continues) {
      entries.push({ line: at + 1, last: at + 1, time: stated ? time : zone.toInstant(time), level, text });
    }
  });
  return entries;
}

const passes = (filter: LogFilter, entry: PlainEntry): boolean =>
  (filter.levels === null || filter.levels.includes(entry.level ?? 'info')) &&
  (filter.text === '' || entry.text.split('\n').some((line) => line.toLowerCase().includes(filter.text.toLowerCase())));

const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.nat(3000), fc.constantFrom(...LEVELS), fc.constantFrom('alpha', 'beta', 'gamma delta'))
      .map(([step, level, text]) => ({ step, level, text })),
  },
  fc.constantFrom('  at alpha', '', 'beta without a date'),
);

const logText = fc
  .tuple(
    fc.constantFrom(
      '%FT%T.%3Z {L} {msg}',
      '%F %T,%3 {L} {msg}',
      '%b %e %T host app[1]: {msg}',
      '%F %T.%3 app - {L} - {msg}',
    ),
    fc.array(line, { minLength: 1, maxLength: 80 }),
    fc.constantFrom('ascending', 'descending', 'mixed'),
  )
  .map(([template, lines, order]) => {
    let ms = Date.UTC(2026, 4, 20, 10);
    return lines.map((entry, at) => {
      if (typeof entry === 'string') return entry;
      ms += order === 'ascending' || (order === 'mixed' && at % 3 > 0) ? entry.step : -entry.step;
      return printEntry(template, { ms, level: entry.level, text: entry.text });
    });
  });

const filters: readonly LogFilter[] = [
  { text: '', regex: false, levels: null },
  { text: '', regex: false, levels: ['error', 'fatal'] },
  { text: '', regex: false, levels: ['info'] },
  { text: 'ALPHA', regex: false, levels: null },
  { text: 'beta', regex: false, levels: ['warn', 'error', 'info'] },
];

async function expectPlainAnswers(log: IndexedLog, lines: readonly string[], zone: string): Promise<void> {
  const clock = { zone, shiftMs: 250 };
  const entries = plainEntries(lines, zone);
  const dated = entries.filter((entry) => !Number.isNaN(entry.time));
  const order = [...dated].sort((a, b) => a.time - b.time || a.line - b.line);
  const facts = log.facts(clock);
  expect(facts).toMatchObject({
    lines: lines.length,
    entries: entries.length,
    dated: dated.length,
    firstMs: order.length > 0 ? order[0]!.time + 250 : null,
    lastMs: order.length > 0 ? order.at(-1)!.time + 250 : null,
    levels: Object.fromEntries(
      LEVELS.map((level) => [level, entries.filter((entry) => entry.level === level).length]),
    ) as Record<Level, number>,
    backwardSteps: dated.filter((entry, at) => at > 0 && entry.time < dated[at - 1]!.time).length,
  });
  const shown = await log.lines({ clock, lines: { first: 1, count: lines.length + 3 } });
  expect(shown.map((one) => one.text)).toEqual(lines);
  const some = lines.flatMap((_, at) => (at % 7 === 3 ? [lines.length - at] : []));
  expect((await log.lines({ clock, lines: some })).map((one) => one.line)).toEqual(some);
  const owner = (at: number): PlainEntry | undefined => entries.findLast((entry) => entry.line <= at);
  expect(shown.map((one) => [one.timeMs, one.level, one.continues])).toEqual(
    lines.map((_, at) => {
      const entry = owner(at + 1);
      const time = entry === undefined || Number.isNaN(entry.time) ? null : entry.time + 250;
      return [time, entry?.level ?? null, entry?.line !== at + 1];
    }),
  );
  for (const time of [0, ...order.filter((_, at) => at % 5 === 0).flatMap((entry) => [entry.time, entry.time - 1])]) {
    const found = order.findLast((entry) => entry.time < Math.floor(time) + 1) ?? order[0];
    expect(await log.lineAt(clock, time + 250)).toBe(found?.line ?? null);
  }
  const from = (order[0]?.time ?? 0) + 250;
  const to = (order.at(-1)?.time ?? 0) + 250;
  for (const filter of filters) {
    const hits = await log.search({ filter });
    const wanted = entries.filter((entry) => passes(filter, entry));
    expect([...hits.lines]).toEqual(
      wanted.flatMap((entry) => Array.from({ length: entry.last - entry.line + 1 }, (_, at) => entry.line + at)),
    );
    expect(hits.entries).toBe(wanted.length);
    for (const [fromMs, toMs, pixels] of [
      [from, to, 10],
      [from, to, 1],
      [from + (to - from) / 3, to - (to - from) / 4, 50],
    ] as const) {
      const marks = await log.marks({ clock, filter, fromMs, toMs, pixels });
      const byColumn = new Map<string, { time: number; line: number; count: number }>();
      for (const entry of order) {
        const time = entry.time + 250;
        if (time < fromMs || time > toMs || !passes(filter, entry)) continue;
        const column = Math.min(pixels - 1, Math.floor(((time - fromMs) / Math.max(1, toMs - fromMs)) * pixels));
        const key = `${column} ${entry.level}`;
        const mark = byColumn.get(key);
        if (mark) mark.count += 1;
        else byColumn.set(key, { time, line: entry.line, count: 1 });
      }
      const wantedMarks = [...byColumn.values()];
      expect([...marks.times]).toEqual(wantedMarks.map((mark) => mark.time));
      expect([...marks.lines]).toEqual(wantedMarks.map((mark) => mark.line));
      expect([...marks.counts]).toEqual(wantedMarks.map((mark) => mark.count));
      expect(marks.total).toBe(wantedMarks.reduce((sum, mark) => sum + mark.count, 0));
    }
  }
}

describe('blocks of any size', () => {
  test('answer as a plain look at every line does', async () => {
    await fc.assert(
      fc.asyncProperty(
        logText,
        fc.constantFrom(60, 200, 1000, 100_000),
        fc.constantFrom('UTC', '+02:00', 'Europe/Berlin'),
        async (lines, blockBytes, zone) => {
          const log = new IndexedLog(textFile(`${lines.join('\n')}\n`), { year: 2026 }, blockBytes);
          await log.index();
          await expectPlainAnswers(log, lines, zone);
        },
      ),
      { numRuns: 120 },
    );
  });

  test('answer so after the log has grown, by whole lines and by halves', async () => {
    await fc.assert(
      fc.asyncProperty(
        logText,
        fc.constantFrom(60, 300),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
        async (lines, blockBytes, cuts) => {
          const text = `${lines.join('\n')}\n`;
          const places = [0.4, ...cuts].sort((a, b) => a - b).map((cut) => Math.floor(cut * text.length));
          const file = textFile(text.slice(0, places[0]));
          const log = new IndexedLog(file, { year: 2026 }, blockBytes);
          await log.index();
          for (const [at, place] of places.entries()) {
            await log.search({ filter: filters[3]! });
            await log.lines({ clock: { zone: null, shiftMs: 0 }, lines: { first: 1, count: 1000 } });
            file.append(text.slice(place, places[at + 1] ?? text.length));
            await log.extend();
          }
          const whole = new IndexedLog(textFile(text), { year: 2026 });
          await whole.index();
          // What is shown far into a file may settle another plan than its first lines did; then both say so.
          if (whole.facts().format !== log.facts().format) return;
          for (const filter of filters) expect(await log.search({ filter })).toEqual(await whole.search({ filter }));
          expect(log.facts()).toEqual(whole.facts());
          const all = { clock: { zone: null, shiftMs: 0 }, lines: { first: 1, count: 1000 } };
          expect(await log.lines(all)).toEqual(await whole.lines(all));
        },
      ),
      { numRuns: 120 },
    );
  });

  test('read the output of a recording as one block does', async () => {
    const piece = fc.constantFrom(
      'stdout F 2026-05-20 10:00:0%,100 INFO alpha',
      'stderr F 2026-05-20 10:00:0%,200 ERROR beta',
      'stdout P 1%',
      'stdout F \r100%',
      'stderr F Traceback (most recent call last):',
      'stderr F   File "x.py"',
      'stdout F a print',
    );
    const short = fc.constantFrom(' in a flood', '  indented', 'cut');
    const captured = fc.array(fc.tuple(fc.nat(9), fc.oneof({ weight: 4, arbitrary: piece }, short)), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(captured, fc.constantFrom(50, 150), async (lines, blockBytes) => {
        let ms = Date.UTC(2026, 4, 20, 10);
        const text = lines
          .map(([step, rest]) => {
            ms += step * step;
            const prefix = /^std/.test(rest) ? `${new Date(ms).toISOString()} ` : '';
            return `${prefix}${rest.replaceAll('%', String(step))}\n`;
          })
          .join('');
        const answers = await Promise.all(
          [blockBytes, 1_000_000].map(async (bytes) => {
            const log = new IndexedLog(textFile(text), { kind: 'captured', recordingZone: 'Europe/Berlin' }, bytes);
            await log.index();
            const readings: unknown[] = [];
            for await (const block of log.readings()) readings.push(...block);
            const all = { clock: { zone: null, shiftMs: 0 }, lines: { first: 1, count: 1000 } };
            const hits = await Promise.all(filters.map((filter) => log.search({ filter })));
            return { facts: log.facts(), lines: await log.lines(all), readings, hits, remarks: log.remarks };
          }),
        );
        expect(answers[0]).toEqual(answers[1]);
      }),
      { numRuns: 120 },
    );
  });
});
