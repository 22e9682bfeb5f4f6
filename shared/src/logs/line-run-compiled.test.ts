// The compiled loop and JavaScript's say the same of any text.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ByteSource } from '../bytes.js';
import { makeRoom } from '../scan/memory.js';
import type { Scanners } from '../scan/scanners.js';
import { scanners } from '../scan/start-scanners.js';
import { UTC } from '../timestamps/zone.js';
import { LEVELS } from './entry.js';
import { printEntry } from './fixtures-text.js';
import { NO_LEVEL } from './level-bytes.js';
import { beginIndex, readOn } from './log-index.js';
import { sampleLines } from './sample-lines.js';

const room = makeRoom();

/** Bytes that are read as a file's are, at most `most` at a time. */
function scanned(bytes: Uint8Array, most: number, given: Scanners): ByteSource {
  return {
    name: 'app.log',
    size: async () => bytes.length,
    read: async (from, to) => bytes.slice(from, to),
    scan: async (from, to, use) => {
      const part = bytes.subarray(from, Math.min(to, from + most));
      room.set(part);
      return use(room.subarray(0, part.length));
    },
    scanners: given,
  };
}

/** All that an index knows of a log. */
async function indexed(bytes: Uint8Array, most: number, blockBytes: number, given: Scanners) {
  const source = scanned(bytes, most, given);
  const hints = { year: 2026, modifiedMs: Date.UTC(2026, 4, 21), order: null };
  const index = beginIndex(source, false, blockBytes, await sampleLines(source, bytes.length, false), hints);
  await readOn(index, bytes.length, async () => undefined);
  const { blocks, lines, longest, parsing, entries } = index;
  const levels = [...LEVELS.keys(), NO_LEVEL];
  return {
    blocks: Array.from({ length: blocks.count }, (_, block) => ({
      offset: blocks.offset(block),
      firstLine: blocks.firstLine(block),
      firstEntryLine: blocks.firstEntryLine(block),
      span: [blocks.first(block, UTC), blocks.last(block, UTC)],
      levels: levels.map((level) => [blocks.dated(block, level), blocks.earliest(block, level)]),
      state: blocks.state(block),
    })),
    before: blocks.save().before,
    totals: blocks.totals,
    lines,
    longest,
    last: parsing.done(),
    relative: entries.relative,
    state: entries.save(),
  };
}

const SHAPES = [
  '%FT%T.%3Z {L} {msg}',
  '%FT%T.%6Z [{L}] {msg}',
  '%FT%T.%1+02:00 {L5} {msg}',
  '%F %T,%3 {L} {msg}',
  '%F %T {L5} {msg}',
  '%F %T.%9 - {L} - {msg}',
  '[%F %T] {L}: {msg}',
  '{L} %F %T {msg}',
  '%T.%3 {L} {msg}',
  '%T.%7 {L} {msg}',
  '%b %e %T host app[7]: {L} {msg}',
  '%b %e %T host app[7]: {msg}',
  '%d/%b/%Y %T {L} {msg}',
  '%Y/%m/%d %-H:%M:%S {L} {msg}',
  '%s.%3 {L} {msg}',
  '{c}%m%d %T.%6 7 main.cc:1] {msg}',
  '10.0.0.1 - - [%d/%b/%Y:%T +0000] "{msg}" 200 1',
] as const;

const message = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('', 'x', 'served 7 rows in 12 ms', 'ERROR in a word', 'a'.repeat(40)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '= 3',
      '2026',
      'UTC',
      'level=warn',
      '\r',
      ' \r',
      'ü',
      '\x1b[31mred',
      '\0',
      'b'.repeat(3000),
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

const line = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .tuple(fc.integer({ min: -2000, max: 30_000 }), fc.constantFrom(...LEVELS), message)
      .map(([step, level, text]) => ({ step, level, text })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '  at somewhere',
      '',
      '2026-05-20',
      '2026-05-20T25:61:61.000Z INFO no',
      'c'.repeat(70_000),
    ),
  },
);

const log = fc
  .tuple(
    fc.array(fc.constantFrom(...SHAPES), { minLength: 1, maxLength: 2 }),
    fc.array(line, { minLength: 1, maxLength: 120 }),
  )
  .map(([shapes, lines]) => {
    let ms = Date.UTC(2026, 4, 20, 23, 58);
    const text = lines
      .map((one, at) => {
        if (typeof one === 'string') return `${one}\n`;
        ms += one.step;
        // Mostly the first shape.
        const shape = shapes[at % 9 === 8 ? shapes.length - 1 : 0]!;
        return `${printEntry(shape, { ms, level: one.level, text: one.text })}\n`;
      })
      .join('');
    return new TextEncoder().encode(text);
  });

/** Bytes of the text that are something else: broken UTF-8, an LF where none was. */
const broken = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 });

test('the compiled loop and JavaScript give the same blocks', async () => {
  const compiled = scanners();
  expect(compiled.runLines).toBeDefined();
  await fc.assert(
    fc.asyncProperty(
      log,
      broken,
      fc.integer({ min: 400, max: 9000 }),
      fc.integer({ min: 200, max: 4000 }),
      async (text, changes, most, block) => {
        const bytes = text.slice();
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        expect(await indexed(bytes, most, block, compiled)).toEqual(await indexed(bytes, most, block, {}));
      },
    ),
    { numRuns: 400 },
  );
});

test('hardly a line of the usual shape is left to JavaScript', async () => {
  const { runLines } = scanners();
  let asked = 0;
  let looked = 0;
  class CountedView extends DataView<ArrayBuffer> {
    override getInt32(at: number, littleEndian?: boolean): number {
      looked += 1;
      return super.getInt32(at, littleEndian);
    }
  }
  const counted: Scanners = {
    runLines: (shape, chunk, ...rest) => {
      asked += 1;
      const { bytes } = chunk;
      const view = new CountedView(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
      return runLines!(shape, { ...chunk, view }, ...rest);
    },
  };
  const lines = Array.from({ length: 2000 }, (_, at) =>
    printEntry('%FT%T.%3Z {L5} {msg}', { ms: at * 100, level: LEVELS[at % 5]!, text: `request ${at}` }),
  );
  const { lines: read } = await indexed(new TextEncoder().encode(`${lines.join('\n')}\n`), 1 << 18, 1 << 17, counted);
  expect(read).toBe(2000);
  expect(asked).toBeGreaterThan(0);
  // Some ten words of a line are looked at in JavaScript: at the first of each minute, and of each level.
  expect(looked).toBeLessThan(400);
});
