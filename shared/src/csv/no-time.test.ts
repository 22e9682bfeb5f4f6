// Whatever stands in a column called "time": it is read, or the row that is in the way is named.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noTime } from './no-time.js';
import { findTimeColumn } from './time-column.js';

const CELLS = [
  '2026-11-20T16:35:01Z',
  '11/20/2026',
  '20.11.2026',
  '11.20.2026',
  '3/4/2026',
  '16:35:01',
  '5',
  '1795194148',
];
const cell = fc.oneof(fc.constantFrom(...CELLS, '', '1e999', '-', 'early'), fc.string());

test('a column that cannot be read has a row to blame', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
      const sample = cells.map((text) => [text, 'x']);
      if (findTimeColumn(['time', 'x'], sample, '.') !== null) return;
      const header = {
        separator: ',',
        names: ['time', 'x'],
        bodyOffset: 0,
        bodyLine: 2,
        sample,
        sampleLines: cells.map((_, i) => i + 2),
        quoteFree: true,
      } as const;
      const [, expected, found] = /expected a time(.*) in the column "time", found (.*)$/s.exec(
        noTime(header, 'x.csv', '.').message,
      )!;
      expect(noTime(header, 'x.csv', '.').where).toMatch(/^x\.csv:[2-7]$/);
      expect(expected).not.toBe(` like ${found}`);
    }),
    { numRuns: 2000 },
  );
});
