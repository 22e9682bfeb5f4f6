import { describe, expect, test } from 'vitest';
import type { LogClock, LogFilter } from '../view/data-source.js';
import { printEntry, someEntries, textFile } from './fixtures-text.js';
import { type LogOptions, type LogStore, openLog } from './store.js';

const CLOCK: LogClock = { zone: null, shiftMs: 0 };
const ALL: LogFilter = { text: '', regex: false, levels: null };
const at = (text: string): number => Date.parse(text);

async function opened(text: string, options: LogOptions = {}): Promise<LogStore> {
  const log = openLog(textFile(text), options);
  await log.index();
  return log;
}

const texts = async (log: LogStore): Promise<string[]> =>
  (await log.lines({ clock: CLOCK, lines: { first: 1, count: 1000 } })).map((line) => line.text);

const PYTHON = `2026-05-20 10:00:00,100 INFO started
2026-05-20 10:00:01,000 ERROR job failed
Traceback (most recent call last):
  File "x.py", line 3, in <module>
ValueError: no
2026-05-20 10:00:02,500 INFO next try
`;

describe('a log with continuation lines', () => {
  test('knows entries, levels and the span', async () => {
    const facts = (await opened(PYTHON)).facts();
    expect(facts).toMatchObject({
      format: 'python-logging',
      lines: 6,
      entries: 3,
      dated: 3,
      firstMs: at('2026-05-20T10:00:00.100Z'),
      lastMs: at('2026-05-20T10:00:02.500Z'),
      zone: 'UTC',
      zoneOrigin: 'assumed',
      levels: { info: 2, error: 1, none: 0 },
      backwardSteps: 0,
    });
  });

  test('gives continuation lines the instant and level of their entry', async () => {
    const log = await opened(PYTHON);
    const [line] = await log.lines({ clock: CLOCK, lines: [5] });
    expect(line).toEqual({
      line: 5,
      timeMs: at('2026-05-20T10:00:01Z'),
      level: 'error',
      continues: true,
      text: 'ValueError: no',
      stream: null,
    });
  });

  test('answers lines in the order in which they are asked for, and leaves out those that are not there', async () => {
    const log = await opened(PYTHON);
    const lines = await log.lines({ clock: CLOCK, lines: [6, 1, 99, 3] });
    expect(lines.map((line) => line.line)).toEqual([6, 1, 3]);
  });

  test.each([
    ['2026-05-20T09:00:00Z', 1],
    ['2026-05-20T10:00:00.100Z', 1],
    ['2026-05-20T10:00:00.999Z', 1],
    ['2026-05-20T10:00:01.000Z', 2],
    ['2026-05-20T10:00:02.499Z', 2],
    ['2026-05-21T00:00:00Z', 6],
  ])('at %s stands on line %i', async (time, line) => {
    expect(await (await opened(PYTHON)).lineAt(CLOCK, at(time))).toBe(line);
  });

  test.each([
    ['VALUEERROR', false, [2, 3, 4, 5]],
    ['started|next', true, [1, 6]],
    ['nothing like it', false, []],
    ['', false, [1, 2, 3, 4, 5, 6]],
  ])('finds %j (regex: %s) on lines %j', async (text, regex, lines) => {
    const hits = await (await opened(PYTHON)).search({ filter: { text, regex, levels: null } });
    expect([...hits.lines]).toEqual(lines);
    expect(hits.truncated).toBe(false);
  });

  test('filters by level', async () => {
    const hits = await (await opened(PYTHON)).search({ filter: { ...ALL, levels: ['error'] } });
    expect([...hits.lines]).toEqual([2, 3, 4, 5]);
    expect(hits.entries).toBe(1);
  });

  test('refuses a broken regular expression with a sentence', async () => {
    await expect((await opened(PYTHON)).search({ filter: { text: '(', regex: true, levels: null } })).rejects.toThrow(
      '"(" is not a regular expression',
    );
  });
});

describe('marks', () => {
  const window = { clock: CLOCK, filter: ALL, fromMs: at('2026-05-20T10:00:00Z'), toMs: at('2026-05-20T10:00:03Z') };

  test('are one a pixel and level, with a count', async () => {
    const text = `${PYTHON}2026-05-20 10:00:02,501 INFO again\n2026-05-20 10:00:02,502 WARNING low\n`;
    const marks = await (await opened(text)).marks({ ...window, pixels: 30 });
    expect([...marks.lines]).toEqual([1, 2, 6, 8]);
    expect([...marks.counts]).toEqual([1, 1, 2, 1]);
    expect([...marks.levels]).toEqual([2, 4, 2, 3]);
    expect(marks.total).toBe(5);
  });

  test('keep to the window and the filter', async () => {
    const log = await opened(PYTHON);
    const inside = await log.marks({
      ...window,
      fromMs: at('2026-05-20T10:00:01Z'),
      toMs: at('2026-05-20T10:00:02Z'),
      pixels: 100,
    });
    expect([...inside.lines]).toEqual([2]);
    const filtered = await log.marks({ ...window, filter: { text: 'try', regex: false, levels: null }, pixels: 100 });
    expect([...filtered.lines]).toEqual([6]);
  });

  test('move with zone and shift', async () => {
    const log = await opened(PYTHON);
    const marks = await log.marks({ ...window, clock: { zone: '+01:00', shiftMs: 3_600_000 }, pixels: 100 });
    expect(marks.total).toBe(3);
    expect((await log.marks({ ...window, clock: { zone: '+01:00', shiftMs: 0 }, pixels: 100 })).total).toBe(0);
  });
});

describe('the zone', () => {
  test('is stated, and then choosing one changes nothing', async () => {
    const log = await opened('2026-05-20T10:00:00+02:00 a\n2026-05-20T10:00:01+02:00 b\n', { zone: 'Asia/Tokyo' });
    expect(log.zoneMatters).toBe(false);
    expect(log.facts()).toMatchObject({ firstMs: at('2026-05-20T08:00:00Z'), zoneOrigin: 'stated' });
  });

  test('is asked for, or the recording host’s, or assumed', async () => {
    expect((await opened(PYTHON, { zone: 'Europe/Berlin' })).facts()).toMatchObject({
      firstMs: at('2026-05-20T08:00:00.100Z'),
      zone: 'Europe/Berlin',
      zoneOrigin: 'asked',
    });
    expect((await opened(PYTHON, { recordingZone: 'Europe/Berlin' })).facts()).toMatchObject({
      firstMs: at('2026-05-20T08:00:00.100Z'),
      zoneOrigin: 'recording',
    });
    expect((await opened(PYTHON)).facts().zoneOrigin).toBe('assumed');
  });
});

describe('order', () => {
  test('newest first is served in time order', async () => {
    const lines = someEntries(50).map((entry) => printEntry('%FT%T.%3Z {L} {msg}\n', entry));
    const log = await opened(lines.toReversed().join(''));
    const facts = log.facts();
    expect(facts.backwardSteps).toBe(49);
    expect(facts.firstMs).toBe(someEntries(50)[0]!.ms);
    expect(await log.lineAt(CLOCK, someEntries(50)[0]!.ms)).toBe(50);
    const marks = await log.marks({
      clock: CLOCK,
      filter: ALL,
      fromMs: facts.firstMs!,
      toMs: facts.lastMs!,
      pixels: 2000,
    });
    expect([...marks.times]).toEqual([...marks.times].sort((a, b) => a - b));
    expect(marks.total).toBe(50);
  });

  test('a midnight and a New Year are passed', async () => {
    const times = await opened('23:59:58 INFO a\n23:59:59 INFO b\n00:00:01 INFO c\n', {
      modifiedMs: at('2026-05-21T00:00:02Z'),
    });
    expect(times.facts()).toMatchObject({ firstMs: at('2026-05-20T23:59:58Z'), lastMs: at('2026-05-21T00:00:01Z') });
    const syslog = 'Dec 31 23:59:59 host app: a\nJan  1 00:00:01 host app: b\n';
    expect((await opened(syslog, { year: 2025 })).facts().lastMs).toBe(at('2026-01-01T00:00:01Z'));
    expect((await opened(syslog, { modifiedMs: at('2026-01-01T00:00:02Z') })).facts().firstMs).toBe(
      at('2025-12-31T23:59:59Z'),
    );
  });
});

describe('day and month', () => {
  const day = (text: string): string => `${text} 10:00:00 line\n`;

  test('are decided by one line far behind the sample', async () => {
    const repeated = (text: string, count: number): string => day(text).repeat(count);
    const early = [1, 2, 3, 4, 5, 6].map((date) => repeated(`0${date}/05/2026`, 5000)).join('');
    const log = await opened(`${early}${day('13/05/2026')}${repeated('06/06/2026', 25_000)}`);
    expect(log.facts()).toMatchObject({
      format: 'day-first',
      dated: 55_001,
      firstMs: at('2026-05-01T10:00:00Z'),
      lastMs: at('2026-06-06T10:00:00Z'),
      backwardSteps: 0,
    });
  });

  test('are decided while the log grows', async () => {
    const file = textFile(day('01/05/2026') + day('02/05/2026'));
    const log = openLog(file);
    await log.index();
    expect(log.remarks.join()).toContain('whether the day or the month comes first');
    file.append(day('13/05/2026'));
    await log.extend();
    expect(log.facts()).toMatchObject({ format: 'day-first', dated: 3, firstMs: at('2026-05-01T10:00:00Z') });
    expect(log.remarks).toEqual([]);
  });
});

describe('a log that changes', () => {
  test('grows, by whole lines and by halves', async () => {
    const file = textFile('');
    const log = openLog(file);
    await log.index();
    expect(log.facts().lines).toBe(0);
    const whole = someEntries(40)
      .map((entry) => printEntry('%F %T,%3 {L} {msg}\n', entry))
      .join('');
    for (let from = 0; from < whole.length; from += 97) {
      file.append(whole.slice(from, from + 97));
      await log.extend();
    }
    const again = openLog(textFile(whole));
    await again.index();
    expect(log.facts()).toEqual(again.facts());
    expect(await texts(log)).toEqual(await texts(again));
    expect(await log.extend()).toBe('same');
  });

  test('keeps its filter right while it grows', async () => {
    const file = textFile(PYTHON);
    const log = openLog(file);
    await log.index();
    const filter = { text: 'again', regex: false, levels: null };
    expect((await log.search({ filter })).entries).toBe(0);
    file.append('  again, indented\n2026-05-20 10:00:03,000 INFO again\n');
    await log.extend();
    expect([...(await log.search({ filter })).lines]).toEqual([6, 7, 8]);
    file.append('2026-05-20 10:00:04,000 INFO ag');
    await log.extend();
    expect((await log.search({ filter })).entries).toBe(2);
    file.append('ain');
    await log.extend();
    expect([...(await log.search({ filter })).lines]).toEqual([6, 7, 8, 9]);
  });

  test('is read anew when it was cut', async () => {
    const file = textFile(PYTHON);
    const log = openLog(file);
    await log.index();
    file.write('2026-05-20 11:00:00,000 INFO fresh\n');
    expect(await log.extend()).toBe('rebuilt');
    expect(log.facts()).toMatchObject({ lines: 1, firstMs: at('2026-05-20T11:00:00Z') });
  });

  test('is read anew when another file of any size took its place', async () => {
    const file = textFile(PYTHON);
    const log = openLog(file);
    await log.index();
    file.write(PYTHON.replace('10:00:00,100', '09:00:00,100').repeat(3));
    expect(await log.extend()).toBe('rebuilt');
    expect(log.facts().firstMs).toBe(at('2026-05-20T09:00:00.100Z'));
  });

  test('calls that overlap do not disturb each other', async () => {
    const file = textFile(PYTHON);
    const log = openLog(file, { pause: () => Promise.resolve() });
    const all = [log.index(), log.extend(), log.extend()];
    file.append('2026-05-20 10:00:03,000 INFO one more\n');
    all.push(log.extend());
    await Promise.all(all);
    expect(log.facts().lines).toBe(7);
  });
});

describe('long and odd lines', () => {
  test('a line of many MB is cut, the lines after it are read, and no read is as large as the line', async () => {
    const file = textFile(
      `2026-05-20T10:00:00Z a\n2026-05-20T10:00:01Z ${'x'.repeat(5_000_000)}\n2026-05-20T10:00:02Z c\n`,
    );
    const log = openLog(file);
    await log.index();
    const lines = await log.lines({ clock: CLOCK, lines: { first: 1, count: 3 } });
    expect(lines.map((line) => [line.text.length, line.timeMs])).toEqual([
      [22, at('2026-05-20T10:00:00Z')],
      [4096, at('2026-05-20T10:00:01Z')],
      [22, at('2026-05-20T10:00:02Z')],
    ]);
    expect(file.reads.largest).toBeLessThan(1_000_000);
    expect(log.remarks.join()).toContain('are shown cut');
  });

  test('CRLF, a byte order mark, colours and NULs do not hide stamps', async () => {
    const log = await opened(
      '\ufeff2026-05-20 10:00:00 INFO a\r\n\x1b[32m2026-05-20 10:00:01\x1b[0m \x1b[33mWARNING\x1b[0m b\r\n\0\0\x002026-05-20 10:00:02 ERROR ü\r\n',
    );
    expect(log.facts()).toMatchObject({ dated: 3, levels: { info: 1, warn: 1, error: 1 } });
    expect((await texts(log))[0]).toBe('2026-05-20 10:00:00 INFO a');
    expect((await texts(log))[2]).toContain('ERROR ü');
  });

  test('a stamp after a progress bar on the same line is found', async () => {
    const log = await opened('2026-05-20 10:00:00 INFO a\n\r 10%|# |\r100%|##|\r2026-05-20 10:00:09 INFO b\n');
    expect(log.facts().dated).toBe(2);
  });

  test('UTF-16 with and without a mark is read, whichever end comes first', async () => {
    const text = '2026-05-20 10:00:00.000\tWarn\tÜber 3 \u{1f600}\r\n2026-05-20 10:00:07.828\tInfo\tok\r\n';
    const bytes = (little: boolean, mark: boolean): Uint8Array => {
      const all = (mark ? '\ufeff' : '') + text;
      const out = new Uint8Array(all.length * 2);
      for (let index = 0; index < all.length; index += 1) {
        const code = all.charCodeAt(index);
        out[2 * index + (little ? 0 : 1)] = code & 255;
        out[2 * index + (little ? 1 : 0)] = code >> 8;
      }
      return out;
    };
    for (const [little, mark] of [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ] as const) {
      const log = openLog(textFile(bytes(little, mark)));
      await log.index();
      expect(log.facts()).toMatchObject({
        dated: 2,
        lastMs: at('2026-05-20T10:00:07.828Z'),
        levels: { warn: 1, info: 1 },
      });
      expect((await texts(log))[0]).toContain('Über 3 \u{1f600}');
    }
  });

  test('an empty file is a log without lines', async () => {
    const log = await opened('');
    expect(log.facts()).toMatchObject({ lines: 0, entries: 0, format: null });
    expect(await texts(log)).toEqual([]);
    expect(await log.lineAt(CLOCK, 0)).toBeNull();
    expect(log.remarks).toEqual(['The log is empty.']);
  });
});

describe('the output of a recording', () => {
  const captured = { kind: 'captured', recordingZone: 'Europe/Berlin' } as const;

  test('without stamps of its own takes the times of arrival', async () => {
    const log = await opened(
      '2026-05-20T10:00:00.100Z stdout F loading\n loaded\n2026-05-20T10:00:01.000Z stderr F Traceback (most recent call last):\n   File "x.py"\n ValueError: no\n2026-05-20T10:00:02.000Z stdout F done\n',
      captured,
    );
    const lines = await log.lines({ clock: CLOCK, lines: { first: 1, count: 10 } });
    expect(
      lines.map(({ timeMs, stream, continues, text, level }) => [
        timeMs! - at('2026-05-20T10:00:00Z'),
        stream,
        continues,
        level,
        text,
      ]),
    ).toEqual([
      [100, 'stdout', false, null, 'loading'],
      [100, 'stdout', false, null, 'loaded'],
      [1000, 'stderr', false, 'error', 'Traceback (most recent call last):'],
      [1000, 'stderr', true, 'error', '  File "x.py"'],
      [1000, 'stderr', true, 'error', 'ValueError: no'],
      [2000, 'stdout', false, null, 'done'],
    ]);
    expect(log.zoneMatters).toBe(false);
    expect(log.remarks.join()).not.toContain('date');
  });

  test('with stamps of its own takes those, in the zone that the arrivals tell', async () => {
    const entries = someEntries(30);
    const text = entries
      .map(
        (entry) =>
          `${new Date(entry.ms + 3).toISOString()} stdout F ${printEntry('%F %T,%3 {L} {msg}', { ...entry, ms: entry.ms + 7_200_000 })}\n`,
      )
      .join('');
    const log = await opened(text, captured);
    expect(log.facts()).toMatchObject({
      format: 'python-logging',
      firstMs: entries[0]!.ms,
      lastMs: entries.at(-1)!.ms,
      zone: 'Europe/Berlin',
      zoneOrigin: 'arrival',
    });
    expect((await opened(text, { kind: 'captured' })).facts()).toMatchObject({
      zone: '+02:00',
      firstMs: entries[0]!.ms,
    });
  });

  test('whose buffer was written late still tells its zone', async () => {
    const entries = someEntries(60);
    // Blocks of ten lines, which arrive when the last of them was printed.
    const text = entries
      .map((entry, index) => {
        const last = entries[Math.min(entries.length - 1, index - (index % 10) + 9)]!;
        return `${new Date(last.ms + 2).toISOString()} stdout F ${printEntry('%F %T,%3 {L} {msg}', { ...entry, ms: entry.ms - 5 * 3_600_000 })}\n`;
      })
      .join('');
    expect((await opened(text, { kind: 'captured' })).facts()).toMatchObject({
      zone: '-05:00',
      firstMs: entries[0]!.ms,
    });
  });

  test('that replays an older log is dated by arrival', async () => {
    const text = someEntries(30)
      .map(
        (entry) =>
          `${new Date(entry.ms).toISOString()} stdout F ${printEntry('%F %T,%3 {L} {msg}', { ...entry, ms: entry.ms - 40 * 86_400_000 })}\n`,
      )
      .join('');
    expect((await opened(text, captured)).facts()).toMatchObject({
      firstMs: someEntries(30)[0]!.ms,
      zoneOrigin: 'stated',
    });
  });

  test('mixes stamped lines with prints that came on their own', async () => {
    const log = await opened(
      [
        '2026-05-20T10:00:00.101Z stderr F 2026-05-20 10:00:00,100 INFO start',
        '2026-05-20T10:00:00.102Z stderr F   with details',
        '2026-05-20T10:00:05.000Z stdout F a print',
        '2026-05-20T10:00:06.001Z stderr F 2026-05-20 10:00:06,000 INFO next',
        '2026-05-20T10:00:06.002Z stderr F still the same',
        '2026-05-20T10:00:09.000Z stderr F four seconds later',
        '2026-05-20T10:00:10.001Z stderr F 2026-05-20 10:00:10,000 INFO end',
        '',
      ].join('\n'),
      { kind: 'captured' },
    );
    const lines = await log.lines({ clock: CLOCK, lines: { first: 1, count: 10 } });
    expect(lines.map((line) => [line.timeMs! - at('2026-05-20T10:00:00Z'), line.continues])).toEqual([
      [100, false],
      [100, true],
      [5000, false],
      [6000, false],
      [6000, true],
      [9000, false],
      [10_000, false],
    ]);
  });

  test('joins the pieces of one line to one entry, each stream by itself', async () => {
    const log = await opened(
      '2026-05-20T10:00:00.000Z stdout P 10%\n2026-05-20T10:00:00.500Z stderr F warn: low\n2026-05-20T10:00:01.000Z stdout P \r20%\n2026-05-20T10:00:02.000Z stdout F \r100%\n',
      { kind: 'captured' },
    );
    const lines = await log.lines({ clock: CLOCK, lines: { first: 1, count: 10 } });
    expect(lines.map((line) => [line.continues, line.stream])).toEqual([
      [false, 'stdout'],
      [false, 'stderr'],
      [true, 'stdout'],
      [true, 'stdout'],
    ]);
  });
});

test('a progress bar of a recorded job is an entry of its own, from its first piece on', async () => {
  const log = await opened(
    '2026-05-20T10:00:00.000Z stdout F 2026-05-20 10:00:00,000 INFO a\n2026-05-20T10:00:01.000Z stdout P \r0%\n2026-05-20T10:00:02.000Z stdout F \r100%\n',
    { kind: 'captured' },
  );
  const lines = await log.lines({ clock: CLOCK, lines: { first: 1, count: 10 } });
  expect(lines.map((line) => [line.timeMs! - at('2026-05-20T10:00:00Z'), line.continues])).toEqual([
    [0, false],
    [1000, false],
    [1000, true],
  ]);
});

test('indexing pauses, reports progress, and stops when it is aborted', async () => {
  const text = someEntries(20_000)
    .map((entry) => printEntry('%FT%T.%3Z {L} {msg}\n', entry))
    .join('');
  let pauses = 0;
  const progress: number[] = [];
  const log = openLog(textFile(text), {
    pause: async () => {
      pauses += 1;
    },
  });
  await log.index((done, total) => progress.push(done / total));
  expect(pauses).toBeGreaterThan(2);
  expect(progress.at(-1)).toBe(1);
  expect(log.facts().dated).toBe(20_000);
  const aborted = new AbortController();
  aborted.abort(new Error('enough'));
  await expect(log.search({ filter: { text: 'x', regex: false, levels: null } }, aborted.signal)).rejects.toThrow(
    'enough',
  );
});

test('lines far into a log are read from near them, not from its beginning', async () => {
  const text = someEntries(20_000)
    .map((entry) => printEntry('%FT%T.%3Z {L} {msg}\n', entry))
    .join('');
  const file = textFile(text);
  const log = openLog(file);
  await log.index();
  file.reads.count = 0;
  const lines = await log.lines({ clock: CLOCK, lines: { first: 19_000, count: 50 } });
  expect(lines.map((line) => line.text)).toEqual(text.split('\n').slice(18_999, 19_049));
  expect(file.reads.count).toBeLessThanOrEqual(2);
});
