// The rows of a few buckets, parsed again from the CSV: what is shown far zoomed in.
import { type ByteSource, scanBytes } from '../../bytes.js';
import type { RowReader } from '../../csv/row-reader.js';
import { IndexDamaged } from '../../index-file.js';
import { BUCKET, type Waiting } from './builder.js';

export interface RawRows {
  /** The first of them. */
  readonly from: number;
  readonly count: number;
  readonly times: Float64Array;
  /** By column. */
  readonly values: readonly Float64Array[];
}

/**
 * Reads `count` rows that stand in bytes fromByte..toByte-1.
 *
 * @throws IndexDamaged when there are more or fewer: the samples are not those that were indexed.
 */
export async function readRaw(
  source: ByteSource,
  reader: RowReader,
  columns: number,
  wanted: readonly number[] | null,
  fromByte: number,
  toByte: number,
  from: number,
  count: number,
  waiting: Waiting | null,
): Promise<RawRows> {
  const more = waiting?.count ?? 0;
  const times = new Float64Array(count + more);
  const kept = wanted ?? Array.from({ length: columns }, (_, c) => c);
  const values = Array.from({ length: columns }, (_, c) => new Float64Array(kept.includes(c) ? count + more : 0));
  let found = 0;
  if (count > 0) {
    const pass = (): void => undefined;
    const used = await scanBytes(source, fromByte, toByte, (bytes) =>
      reader.read(bytes, 1, false, {
        row: (time, cells) => {
          if (found < count) {
            times[found] = time;
            for (let k = 0; k < kept.length; k++) values[kept[k]!]![found] = cells[kept[k]!]!;
          }
          found++;
        },
        ragged: pass,
        badTime: pass,
        badCell: pass,
      }),
    );
    if (found !== count || used.bytes !== toByte - fromByte) {
      throw new IndexDamaged(`${source.name}: expected ${count} rows at byte ${fromByte}, found ${found}`);
    }
  }
  if (waiting !== null) {
    times.set(waiting.times.subarray(0, more), count);
    for (const c of kept) {
      values[c]!.set(waiting.values.subarray(c * BUCKET, c * BUCKET + more), count);
    }
  }
  return { from, count: count + more, times, values };
}
