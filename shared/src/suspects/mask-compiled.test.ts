import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeRoom } from '../scan/memory.js';
import { scanners } from '../scan/start-scanners.js';
import { mask } from './mask.js';
import { fingerprint, noPieces } from './pieces.js';

const { statementKey } = scanners();
const room = makeRoom();
const encoder = new TextEncoder();

/** As JavaScript says it, from the same bytes. */
function plainly(bytes: Uint8Array, from: number, to: number): number {
  const pieces = noPieces();
  mask(bytes, from, to, pieces);
  return pieces.plain ? fingerprint(bytes, pieces) : -1;
}

/** Stretches that the rules are about, and what may stand between. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '2026-11-20T17:14:31.957Z',
      'Nov 20',
      'Mon',
      'GET /item/474/x?page=2',
      '"POST /upload/cfd6 HTTP/1.1"',
      'DELETE ',
    ],
    ...[
      '"Ann Lee"',
      "don't",
      "'",
      '"',
      '`a b`',
      '/etc/acme/app.toml',
      'utils/http-status.ts',
      'and/or',
      'a.b.c.',
      '...',
    ],
    ...['3df8ee1f', 'cafe', '123e4567-e89b-12d3-a456-426614174000', 'worker-12', 'v2', '-3.5', '#17', '45%', '1m30s'],
    ...[
      '[1, 2, 3]',
      '(3/7)',
      '10.0.17.3:8080',
      '{',
      '}',
      '=',
      ' ',
      '  ',
      '\t',
      '\u001b[31m',
      '\0',
      '\ufeff',
      'é',
      'записей',
    ],
  ),
  fc.string({ maxLength: 12, unit: 'binary-ascii' }),
  fc.string({ maxLength: 6, unit: 'grapheme' }),
);
const between = fc.constantFrom('', ' ', ' ', ',', ': ');
const line = fc
  .tuple(fc.array(fc.tuple(piece, between), { maxLength: 120 }), fc.nat({ max: 3 }))
  .map(([parts, odd]) => {
    const text = parts.flat().join('').replaceAll('\n', ' ');
    // Most lines are plain.
    return odd === 0 ? text : text.replace(/[\0\u001b{]/g, '').replace(/^\ufeff/, '');
  });

test.runIf(statementKey)('says of any line what JavaScript says', () => {
  let plain = 0;
  fc.assert(
    fc.property(line, fc.nat({ max: 300 }), (text, at) => {
      const line = encoder.encode(text);
      const to = at + line.length;
      room.set(line, at);
      room.set(encoder.encode('\nnext 5'), to);
      const key = plainly(room, at, to);
      if (key >= 0) plain += 1;
      expect(statementKey!(room, at, to)).toBe(key);
    }),
    { numRuns: 3000 },
  );
  expect(plain).toBeGreaterThan(1500);
});

test.runIf(statementKey)('leaves bytes that it cannot look at', () => {
  expect(statementKey!(encoder.encode('took 17 tries'), 0, 13)).toBeNaN();
});
