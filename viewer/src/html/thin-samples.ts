// A recording's samples as a smaller CSV of the same form: whole rows, so that every row kept is a true sample at its true time.
//
// The file is cut into groups of rows. Of each group the rows with the highest value of every column of bytes and the lowest of the first stay,
// and between them rows at equal distances. There are more than three times as many of these as of the others, so the median interval of
// what is kept is theirs, and a silence that was no gap before does not become one (shared/src/series/gaps.ts: three medians).
import { joined, linesOf } from './pieces.js';

/** How many columns keep their highest rows; the ones after them are kept by chance. */
const MOST_COLUMNS = 12;
const EVEN_ROWS = 3 * (MOST_COLUMNS + 1) + 1;
/** What a group keeps at most. */
export const ROWS_A_GROUP = EVEN_ROWS + MOST_COLUMNS + 1;

const decoder = new TextDecoder();

/**
 * The header, then of every `group` rows at most `ROWS_A_GROUP`. For plain CSVs as tidemark writes them: commas, no quotes, sizes in columns
 * that end in `_bytes`. A last line that is cut off is left out.
 */
export async function* thinSamples(pieces: AsyncIterable<Uint8Array>, group: number): AsyncGenerator<Uint8Array> {
  const lines = linesOf(pieces);
  const header = await lines.next();
  if (header.done) return;
  yield header.value.slice();
  const columns = sizesIn(decoder.decode(header.value));
  const step = Math.max(1, Math.floor(group / EVEN_ROWS));
  let rows: Uint8Array[] = [];
  for await (const line of lines) {
    if (line.at(-1) !== 0x0a) break;
    rows.push(line.slice());
    if (rows.length < group) continue;
    yield keep(rows, columns, step);
    rows = [];
  }
  if (rows.length > 0) yield keep(rows, columns, step);
}

function sizesIn(header: string): number[] {
  return header
    .trim()
    .split(',')
    .flatMap((name, i) => (name.endsWith('_bytes') ? [i] : []))
    .slice(0, MOST_COLUMNS);
}

function keep(rows: readonly Uint8Array[], columns: readonly number[], step: number): Uint8Array {
  const kept = new Set<number>([rows.length - 1]);
  for (let row = 0; row < rows.length; row += step) kept.add(row);
  const highest = columns.map(() => ({ value: Number.NEGATIVE_INFINITY, row: -1 }));
  const lowest = { value: Number.POSITIVE_INFINITY, row: -1 };
  for (const [row, line] of rows.entries()) {
    const cells = decoder.decode(line).split(',');
    for (const [i, column] of columns.entries()) {
      const text = cells[column];
      if (text === undefined || text === '') continue;
      const value = Number(text);
      if (value > highest[i]!.value) highest[i] = { value, row };
      if (i === 0 && value < lowest.value) Object.assign(lowest, { value, row });
    }
  }
  for (const { row } of [...highest, lowest]) if (row >= 0) kept.add(row);
  let out: Uint8Array = new Uint8Array(0);
  for (const row of [...kept].sort((a, b) => a - b)) out = joined(out, rows[row]!);
  return out;
}
