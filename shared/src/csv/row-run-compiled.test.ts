// The compiled loop and JavaScript's read the same of any rows.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ROOM_BYTES } from '../scan/layout.js';
import { makeRoom } from '../scan/memory.js';
import { scanners } from '../scan/start-scanners.js';
import { utf8 } from '../series/fixtures-csv.js';
import { BUCKET } from '../series/index/waiting.js';
import { plainRows } from './plain-rows.js';
import { NotPlain, type RowReader, type RowRoom } from './row-reader.js';
import type { StartRows } from './row-run.js';

const { startRows } = scanners();
const room = makeRoom();
const START = Date.parse('2026-11-20T23:58:00.000Z');
const COLUMNS = 3;
const ROWS = 32;

/** All that a reader says of the bytes, `most` at a time, and how many rows JavaScript was left with. */
function read(reader: RowReader, bytes: Uint8Array, most: number): string[] {
  const said: string[] = [];
  let piece = 0;
  const own: RowRoom = {
    times: new Float64Array(ROWS),
    values: new Float64Array(ROWS * COLUMNS),
    size: ROWS,
    count: 0,
    begin: (at) => said.push(`from ${piece + at}`),
    empty() {
      for (let i = 0; i < own.count; i++) {
        const cells = Array.from({ length: COLUMNS }, (_, c) => own.values[c * ROWS + i]!);
        said.push([own.times[i]! - START, ...cells.map((cell) => (Object.is(cell, -0) ? '-0' : cell))].join(' '));
      }
      own.count = 0;
    },
  };
  let line = 1;
  try {
    for (let want = most; piece < bytes.length; ) {
      const part = bytes.subarray(piece, Math.min(piece + want, bytes.length));
      room.set(part);
      const last = piece + part.length === bytes.length;
      const used = reader.read(room.subarray(0, part.length), line, last, {
        room: own,
        row: (time, cells, _line, at) => {
          if (own.count === ROWS) own.empty();
          if (own.count === 0) own.begin(at);
          own.times[own.count] = time;
          for (let c = 0; c < COLUMNS; c++) own.values[c * ROWS + own.count] = cells[c]!;
          own.count++;
        },
        ragged: (at, found) => said.push(`${at}: ${found} cells`),
        badTime: (at, text) => said.push(`${at}: time ${text}`),
        badCell: (at, cell, text) => said.push(`${at}: cell ${cell} ${text}`),
      });
      if (used.bytes === 0) {
        want *= 2;
        continue;
      }
      want = most;
      piece += used.bytes;
      line += used.lines;
    }
  } catch (error) {
    if (!(error instanceof NotPlain)) throw error;
    said.push('not plain');
  }
  own.empty();
  said.push(`${line} lines`);
  return said;
}

/** Five cells: the time in the second or the first, one that is passed over. */
const readers = (timeFirst: boolean): [RowReader, RowReader] => {
  const targets = timeFirst ? Int32Array.of(-1, -1, 0, 1, 2) : Int32Array.of(0, -1, -1, 2, 1);
  const make = (start?: typeof startRows) => plainRows(5, timeFirst ? 0 : 1, targets, COLUMNS, start);
  return [make(startRows), make()];
};

const digits = (least: number, most: number) => fc.stringMatching(new RegExp(`^\\d{${least},${most}}$`));
const cell = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 2 ** 40 }).map(String) },
  { weight: 4, arbitrary: fc.tuple(digits(0, 8), digits(0, 8)).map(([a, b]) => `${a}.${b}`) },
  { weight: 2, arbitrary: fc.integer({ min: -(10 ** 15), max: 0 }).map(String) },
  { weight: 2, arbitrary: fc.tuple(digits(0, 8), digits(0, 8)).map(([a, b]) => `-${a}.${b}`) },
  { weight: 2, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: digits(13, 20) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('-', '.', '-0', '00', '1e3', '+5', ' 5', '5 ', '1-2', '1.2.3', '--1', '7\r'),
  },
  { weight: 1, arbitrary: fc.stringMatching(/^[ -~]{0,70}$/) },
);
/** Clocks that are none, or just still one. */
const edge = fc
  .tuple(fc.integer({ min: 22, max: 25 }), fc.integer({ min: 58, max: 61 }), fc.integer({ min: 58, max: 62 }))
  .map(([hour, minute, second]) => `2026-11-20T${hour}:${minute}:${second}.999Z`);
const time = fc.oneof(
  { weight: 30, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: edge },
  {
    weight: 1,
    arbitrary: fc.constantFrom('2026-11-20T23:59:60.000Z', '2026-11-20T24:00:00.000Z', '2026-02-30T10:00:00.000Z'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '2026-11-21T00:00:00Z',
      '2026-11-21T00:00:00.000+01:00',
      'never',
      '2026-11-20 23:58:00.100Z',
    ),
  },
  { weight: 1, arbitrary: fc.stringMatching(/^2026-11-2[01]T\d\d:\d\d:\d\d[.,:]\d{3}[Zz ]$/) },
);
const rows = fc.array(
  fc.record({
    cells: fc.array(cell, { minLength: 4, maxLength: 4 }),
    time,
    end: fc.oneof(
      { weight: 40, arbitrary: fc.constant('\n') },
      { weight: 1, arbitrary: fc.constantFrom('\r\n', '\n\n', ',\n', ',1\n', '') },
    ),
    // Lines like this one that follow it: usual rows are many.
    copies: fc.oneof(
      { weight: 5, arbitrary: fc.constant(1) },
      { weight: 2, arbitrary: fc.integer({ min: 1, max: 80 }) },
    ),
  }),
  { maxLength: 60 },
);

test.skipIf(startRows === undefined)('rows of the usual kind are read by what is compiled', () => {
  let rows = 0;
  const counted: StartRows = (shape) => {
    const run = startRows!(shape)!;
    return (bytes, from, until, to) => {
      const before = to.count;
      const next = run(bytes, from, until, to);
      rows += to.count - before;
      return next;
    };
  };
  const text = Array.from({ length: 320 }, (_, i) => `${new Date(START + i * 1000).toISOString()},${i}.5,1,,-3.25\n`);
  const reader = plainRows(5, 0, Int32Array.of(-1, -1, 0, 1, 2), COLUMNS, counted);
  expect(read(reader, utf8(text.join('')), ROOM_BYTES).at(-1)).toBe('321 lines');
  // The first row of each day, and the last ones, behind which too few bytes follow, are left.
  expect(rows).toBeGreaterThan(300);
});

describe.skipIf(startRows === undefined)('the compiled loop', () => {
  test.each([true, false])('reads what JavaScript reads (time first: %s)', (timeFirst) => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 40, max: ROOM_BYTES / 8 }), (list, most) => {
        let at = START;
        const lines = list.flatMap(({ cells, time, end, copies }) =>
          Array.from({ length: copies }, () => {
            at += 1700;
            const stamp = time === '' ? new Date(at).toISOString() : time;
            const [a, ...others] = cells;
            return `${(timeFirst ? [stamp, a, ...others] : [a, stamp, ...others]).join(',')}${end}`;
          }),
        );
        const bytes = utf8(lines.join(''));
        const [compiled, plain] = readers(timeFirst);
        expect(read(compiled, bytes, most)).toEqual(read(plain, bytes, most));
      }),
      { numRuns: 400, seed: 61 },
    );
  });
});

test('a run of the compiled reader fills a bucket of the index, no more and no less', () => {
  const source = readFileSync(new URL('row-run.as.ts', import.meta.url), 'utf8');
  expect(/^export const MOST_ROWS: i32 = (\d+);$/m.exec(source)?.[1]).toBe(String(BUCKET));
});
