import { expect, test } from 'vitest';
import { needleFinder } from './needles.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const holds = needleFinder(['GC', 'heapUsed', ') -> ', 'traced memory', 'Traced memory']);

test.each(['GC', 'xGC', '[GC (', 'a heapUsed', 'heapUsed', 'ms: x (5.0) -> 4', 'é traced memory', 'Traced memory of'])(
  'finds what stands in %s',
  (text) => expect(holds(bytes(text))).toBe(true),
);

test.each(['', 'G', 'G C', 'heapUse', 'eapUsed', ') ->', 'traced  memory', 'Taced memory'])(
  'finds nothing in "%s"',
  (text) => expect(holds(bytes(text))).toBe(false),
);
