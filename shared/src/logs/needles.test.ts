import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeRoom } from '../scan/memory.js';
import { scanners } from '../scan/start-scanners.js';
import { needleFinder } from './needles.js';

const NEEDLES = ['GC', 'heapUsed', ') -> ', 'traced memory', 'Traced memory', 'zero', 'one', 'two', 'three', 'four'];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const room = makeRoom();

/** In the memory that compiled scanners look at, with needles on both sides of it. */
function inRoom(text: string): Uint8Array {
  const line = bytes(text);
  room.set(bytes('heapUsed GC'));
  room.set(line, 11);
  room.set(bytes('C heapUsed ) -> '), 11 + line.length);
  return room.subarray(11, 11 + line.length);
}

const { startPairs } = scanners();
const compiled = needleFinder(NEEDLES, startPairs);
const far = 'nothing of it up to here, and on it goes; ';

interface Way {
  readonly name: string;
  readonly there: (text: string) => Uint8Array;
  readonly holds: (bytes: Uint8Array) => boolean;
}
const ways: Way[] = [
  { name: 'in JavaScript', there: bytes, holds: needleFinder(NEEDLES) },
  { name: 'compiled, where there is that', there: inRoom, holds: compiled },
  { name: 'compiled, for bytes elsewhere', there: bytes, holds: compiled },
];

describe.each(ways)('$name', ({ there, holds }) => {
  test.each([
    ...['GC', 'xGC', '[GC (', 'a heapUsed', 'heapUsed', 'ms: x (5.0) -> 4', 'é traced memory', 'Traced memory of'],
    ...[
      `${far}GC`,
      `${far}heapUsed`,
      `${far}${far}(5.0) -> 4${far}`,
      `heapUse heapUsed ${far}`,
      `a three ${far}`,
      'four',
    ],
  ])('finds what stands in %s', (text) => expect(holds(there(text))).toBe(true));

  test.each([
    ...[
      '',
      'G',
      'G C',
      'heapUse',
      'eapUsed',
      ') ->',
      'traced  memory',
      'Taced memory',
      far,
      `${far}G`,
      `${far}heapUse`,
    ],
  ])('finds nothing in "%s"', (text) => expect(holds(there(text))).toBe(false));
});

test('compiled and in JavaScript the same is found', () => {
  const part = fc.constantFrom(
    'G',
    'C',
    'heap',
    'Used',
    ') -',
    '> ',
    'aced ',
    'tr',
    'T',
    'memory',
    'z',
    'ero',
    'o',
    'ne',
    ' ',
    'é',
  );
  const [plain] = ways;
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      expect(compiled(inRoom(text))).toBe(plain!.holds(bytes(text)));
    }),
    { numRuns: 500 },
  );
});
