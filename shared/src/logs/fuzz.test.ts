// Whatever a file holds: it is read to its end, nothing throws, every line is told of once, and no line costs more than its length.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printEntry, textFile } from './fixtures-text.js';
import { workOf } from './fuzz-work.js';
import { openLog } from './store.js';

async function linesTold(bytes: Uint8Array, kind: 'file' | 'captured'): Promise<number> {
  const log = openLog(textFile(bytes), { kind, modifiedMs: Date.parse('2026-05-20T12:00:00Z') });
  await log.index();
  let told = 0;
  for await (const block of log.readings()) {
    for (const reading of block) {
      told += 1;
      expect(reading.line).toBe(told);
      if (reading.timeMs !== null) expect(Number.isFinite(reading.timeMs)).toBe(true);
    }
  }
  const shown = await log.lines({ clock: { zone: null, shiftMs: 0 }, lines: { first: 1, count: told + 5 } });
  expect(shown.length).toBe(told);
  return told;
}

const expected = (bytes: Uint8Array): number =>
  bytes.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0) + (bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0);

/** Bytes that are mostly text, with line ends, digits and brackets more often than chance has them. */
const textish = fc
  .array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.constantFrom(...'0123456789:-/.,T ZI[](){}"=|\n\r\t'.split('').map((char) => char.charCodeAt(0))),
      },
      { weight: 1, arbitrary: fc.nat(255) },
    ),
    { maxLength: 600 },
  )
  // Bytes that look like UTF-16 are counted in other lines.
  .map((bytes) => Uint8Array.from([97, 98, 99, 100, 10, ...bytes.map((byte) => byte || 32)]));

test('random bytes are read to the end', async () => {
  await fc.assert(
    fc.asyncProperty(textish, fc.constantFrom('file' as const, 'captured' as const), async (bytes, kind) => {
      expect(await linesTold(bytes, kind)).toBe(expected(bytes));
    }),
    { numRuns: 150 },
  );
});

test('pieces of real shapes, cut and shuffled, are read to the end', async () => {
  const piece = fc.constantFrom(
    '2026-05-20 10:00:00,123 INFO a',
    '{"time":1779271200000,"level":30,"msg":"a"',
    '{"a":[[[[{"b":"\\"',
    'May 20 10:00:00 host app[1]: a',
    '2026-05-20T10:00:00.123Z stdout P ',
    '2026-05-20T10:00:00.123Z stderr F x',
    ' x',
    '[[[[((((<<<<',
    '\x1b]0;\x1b[31m\x1b_',
    '\ud83d\ude00 ü',
    '99:99:99',
    '30.02.2026 10:00:00',
    '\r',
    '\n',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 60 }),
      fc.constantFrom('file' as const, 'captured' as const),
      async (pieces, kind) => {
        const file = textFile(`x${pieces.join('')}`);
        const bytes = await file.read(0, await file.size());
        expect(await linesTold(bytes, kind)).toBe(expected(bytes));
      },
    ),
    { numRuns: 150 },
  );
});

test.each([
  '%FT%T.%3Z {L} {msg}',
  '%F %T,%3 {L} {msg}',
  '%Y/%m/%d %T.%6 {msg}',
  '%a %b %e %T %Y {msg}',
  '%d/%b/%Y:%T +0000 {msg}',
  '%d.%m.%Y %T.%3 {msg}',
  '%m/%d/%Y %-I:%M:%S.%3 %p {msg}',
  '%s.%6 {msg}',
  '{"ts":"%FT%T.%3Z","msg":"{msg}"}',
])('any instants printed as %s are read back', async (template) => {
  const exact = /%[36]/.test(template) ? 1 : 1000;
  const start = fc.integer({ min: Date.UTC(2001, 0, 1), max: Date.UTC(2038, 0, 1) });
  const steps = fc.array(fc.integer({ min: 0, max: 40_000_000 }), { minLength: 6, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(start, steps, async (from, gaps) => {
      let ms = from;
      const times = gaps.map((gap) => {
        ms += gap;
        return ms;
      });
      const text = times
        .map((time, at) => `${printEntry(template, { ms: time, level: 'info', text: `line ${at}` })}\n`)
        .join('');
      const log = openLog(textFile(text), { modifiedMs: ms });
      await log.index();
      const read: (number | null)[] = [];
      for await (const block of log.readings()) read.push(...block.map((reading) => reading.timeMs));
      expect(read.map((time) => Math.round(time!))).toEqual(times.map((time) => Math.floor(time / exact) * exact));
    }),
    { numRuns: 60 },
  );
});

test('no shape of line takes more time than its length allows', async () => {
  const worst = [
    '[['.repeat(20_000),
    '[a]'.repeat(20_000),
    '2026-05-20 10:00:00 '.repeat(3000),
    '{"a":'.repeat(10_000),
    `{"a":"${'\\'.repeat(60_000)}`,
    '\x1b]'.repeat(30_000),
    '<1>'.repeat(20_000),
    'INFO '.repeat(12_000),
    '1 '.repeat(30_000),
    'a=b '.repeat(15_000),
    `${'\r'.repeat(60_000)}`,
  ];
  // Counted in lines per file, not on the clock: a quadratic pattern would run into the test's own limit.
  for (const line of worst) {
    const file = textFile(`${line}\n`.repeat(200));
    const log = openLog(file);
    await log.index();
    expect(log.facts().lines).toBe(200);
  }
});

const KIB = 1024;
/** Bytes that never repeat for long, from a seed. */
function noise(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}
const lines = (line: string, size: number): string => `${line}\n`.repeat(Math.ceil(size / (line.length + 1)));

test.each<[string, number, (size: number) => string | Uint8Array]>([
  ['random bytes', 256 * KIB, (size) => noise(size, 7)],
  ['broken UTF-8', 256 * KIB, (size) => noise(size, 11).map((byte) => (byte & 15 ? byte | 0x80 : 10))],
  ['one line of many MB', 4096 * KIB, (size) => 'x'.repeat(size)],
  [
    'one line of many MB with a stamp at its start',
    4096 * KIB,
    (size) => `2026-05-20 10:00:00 INFO ${'a b'.repeat(size / 3)}`,
  ],
  ['one line of many stamps', 1024 * KIB, (size) => '2026-05-20 10:00:00 '.repeat(size / 20)],
  ['one line of JSON of many MB', 1024 * KIB, (size) => `{"time":1779271200000,"a":"${'\\"'.repeat(size / 2)}"}`],
  ['opening brackets', 512 * KIB, (size) => '['.repeat(size)],
  ['lines of opening brackets', 512 * KIB, (size) => lines('[({<'.repeat(2000), size)],
  ['opening braces of JSON', 512 * KIB, (size) => '{"a":'.repeat(size / 5)],
  ['digits only', 512 * KIB, (size) => '8'.repeat(size)],
  ['lines of digits', 512 * KIB, (size) => lines('1779271200'.repeat(5), size)],
  ['nearly a stamp on every line', 512 * KIB, (size) => lines('2026-13-45 25:61:61.1234 INFO a', size)],
  [
    'nearly many stamps on every line',
    512 * KIB,
    (size) => lines('[20/Mai/2026:10:00:0x [May 2x 10:00:00 1779271200.x 10:00:0', size),
  ],
  ['a stamp on every line', 512 * KIB, (size) => lines('2026-05-20T10:00:00.123Z INFO a', size)],
  ['carriage returns', 512 * KIB, (size) => '\r'.repeat(size)],
  ['escape codes that never end', 512 * KIB, (size) => '\x1b]'.repeat(size / 2)],
])('twice as much of %s is at most twice the work', async (_, size, make) => {
  const read = async (file: Parameters<typeof openLog>[0]): Promise<void> => {
    const log = openLog(file, { modifiedMs: Date.parse('2026-05-20T12:00:00Z') });
    await log.index();
    for await (const block of log.readings()) expect(block.length).toBeGreaterThan(0);
    await log.lines({ clock: { zone: null, shiftMs: 0 }, lines: { first: 1, count: 50 } });
  };
  const once = await workOf(make(size), read);
  const twice = await workOf(make(2 * size), read);
  // The file is read at all, and what every file costs is a small share of it.
  expect(once).toBeGreaterThan(size);
  expect(twice).toBeLessThan(2.1 * once);
});

test('work is counted: a reader that looks at every line from the start of the file is found out', async () => {
  const quadratic = async (file: Parameters<typeof openLog>[0]): Promise<void> => {
    const text = new TextDecoder().decode(await file.read(0, await file.size()));
    for (let at = 0; at >= 0; at = text.indexOf('\n', at + 1)) /never$/.exec(text.slice(at));
  };
  const once = await workOf(lines('a', 4 * KIB), quadratic);
  expect(await workOf(lines('a', 8 * KIB), quadratic)).toBeGreaterThan(3 * once);
});
