import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../series/fixtures-csv.js';
import { looseRows } from './loose-rows.js';
import { plainRows } from './plain-rows.js';
import { NotPlain, type RowReader, type RowSink } from './row-reader.js';

const START = Date.parse('2026-11-20T16:35:01.000Z');

/** Writes down what a reader says, a line each. */
function notes(): { said: string[]; sink: RowSink } {
  const said: string[] = [];
  return {
    said,
    sink: {
      row: (time, cells, line) => said.push(`${line}: ${time - START} ${Array.from(cells).join(' ')}`),
      ragged: (line, found) => said.push(`${line}: ${found} cells`),
      badTime: (line, text) => said.push(`${line}: time ${text}`),
      badCell: (line, cell, text) => said.push(`${line}: cell ${cell} ${text}`),
    },
  };
}

const loose = (separator = ',', mark: '.' | ',' = '.'): RowReader =>
  looseRows({
    width: 3,
    separator,
    mark,
    timeCell: 0,
    readTime: (cell) => Date.parse(cell),
    columns: [
      { cell: 1, factor: 1, sizes: false },
      { cell: 2, factor: 1024, sizes: true },
    ],
  });
const plain = (): RowReader => plainRows(3, 0, Int32Array.of(-1, 0, 1), 2);

const T = (ms: number): string => new Date(START + ms).toISOString();

describe.each([
  ['plain', plain],
  ['loose', loose],
])('the %s reader', (kind, make) => {
  const factor = kind === 'loose' ? 1024 : 1;

  test('takes whole lines and leaves the rest', () => {
    const { said, sink } = notes();
    const text = `${T(0)},1,2\n${T(100)},3,\r\n${T(200)},4`;
    expect(make().read(utf8(text), 7, false, sink)).toEqual({ bytes: text.lastIndexOf('\n') + 1, lines: 2 });
    expect(said).toEqual([`7: 0 1 ${2 * factor}`, '8: 100 3 NaN']);
  });

  test('reads a last line without its line feed when it is told to', () => {
    const { said, sink } = notes();
    const text = `${T(0)},1,2`;
    expect(make().read(utf8(text), 1, true, sink).bytes).toBe(text.length);
    expect(said).toEqual([`1: 0 1 ${2 * factor}`]);
  });

  test('names what is wrong by its line, and passes over empty lines', () => {
    const { said, sink } = notes();
    make().read(utf8(`${T(0)},1\n\n${T(0)},1,2,3\nnever,1,2\n${T(0)},x,2\n`), 1, false, sink);
    expect(said).toEqual(['1: 2 cells', '3: 4 cells', '4: time never', '5: cell 1 x', `5: 0 NaN ${2 * factor}`]);
  });

  test('nothing to read is nothing used', () => {
    const { said, sink } = notes();
    expect(make().read(utf8(''), 1, false, sink)).toEqual({ bytes: 0, lines: 0 });
    expect(make().read(utf8('half a li'), 1, false, sink)).toEqual({ bytes: 0, lines: 0 });
    expect(said).toEqual([]);
  });
});

test('the plain reader refuses quotes', () => {
  expect(() => plain().read(utf8(`${T(0)},"1",2\n`), 1, false, notes().sink)).toThrow(NotPlain);
});

test('numbers are the ones that JavaScript reads', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
        fc.integer().map(String),
        fc.tuple(fc.integer(), fc.stringMatching(/^\d{1,12}$/)).map(([a, b]) => `${a}.${b}`),
      ),
      (number) => {
        let value = Number.NaN;
        plain().read(utf8(`${T(0)},${number},0\n`), 1, false, {
          ...notes().sink,
          row: (_time, cells) => {
            value = cells[0]!;
          },
        });
        expect(value).toBe(Number(number));
      },
    ),
    { numRuns: 1000, seed: 51 },
  );
});

test('times are the ones that Date reads', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(2200, 0, 1) }), (ms) => {
      let read = Number.NaN;
      plain().read(utf8(`${new Date(ms).toISOString()},0,0\n`), 1, false, {
        ...notes().sink,
        row: (time) => {
          read = time;
        },
      });
      expect(read).toBe(ms);
    }),
    { numRuns: 500, seed: 52 },
  );
});

describe('what only the loose reader reads', () => {
  test.each([
    ['quotes', `"${T(0)}","1","2"\n`, ',', ['1: 0 1 2048']],
    ['decimal commas', `${T(0)};1,5;2,5\n`, ';', ['1: 0 1.5 2560']],
    ['a size with its own unit', `${T(0)};1;2 MiB\n`, ';', ['1: 0 1 2097152']],
    ['one separator too many at the end', `${T(0)};1;2;\n`, ';', ['1: 0 1 2048']],
    ['a line feed inside quotes', `${T(0)};"1\n";2\n${T(100)};3\n`, ';', ['1: 0 1 2048', '3: 2 cells']],
  ])('%s', (_name, text, separator, expected) => {
    const { said, sink } = notes();
    expect(loose(separator, separator === ';' ? ',' : '.').read(utf8(text), 1, false, sink).bytes).toBe(text.length);
    expect(said).toEqual(expected);
  });

  test('a piece is not cut inside quotes', () => {
    const first = `${T(0)},1,2\n`;
    const { said, sink } = notes();
    expect(loose().read(utf8(`${first}${T(100)},"3\n`), 1, false, sink)).toEqual({ bytes: first.length, lines: 1 });
    expect(said.length).toBe(1);
  });
});
