// The rows of a few buckets, parsed again from the CSV: what is shown far zoomed in.
import { type ByteSource, scanBytes } from '../../bytes.js';
import type { RowReader, RowSink } from '../../csv/row-reader.js';
import { IndexDamaged } from '../../index-file.js';
import { BUCKET, type Waiting } from './waiting.js';

/** Read at once. Unit: bytes. Rows of a wide window are some MB, which would have to be found anew for each. */
const PIECE = 256 * 1024;

export interface RawRows {
  /** The first of them. */
  readonly from: number;
  readonly count: number;
  readonly times: Float64Array;
  /** By column. */
  readonly values: readonly Float64Array[];
}

/** By run of the file: the bytes in which the rows stand. */
export interface RawPlaces {
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
}

/**
 * Reads `count` rows, the first of which is row `from`, and puts those of several runs in time order.
 *
 * @throws IndexDamaged when there are more or fewer: the samples are not those that were indexed.
 */
export async function readRaw(
  source: ByteSource,
  reader: RowReader,
  columns: number,
  wanted: readonly number[] | null,
  { starts, ends }: RawPlaces,
  from: number,
  count: number,
  waiting: Waiting | null,
): Promise<RawRows> {
  const more = waiting?.count ?? 0;
  const times = room(count + more);
  const kept = wanted ?? Array.from({ length: columns }, (_, c) => c);
  const values = Array.from({ length: columns }, (_, c) => (kept.includes(c) ? room(count + more) : NOTHING));
  let found = 0;
  let runsRead = 0;
  const pass = (): void => undefined;
  const sink: RowSink = {
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
  };
  for (let run = 0; run < starts.length; run++) {
    const [fromByte, toByte] = [starts[run]!, ends[run]!];
    if (toByte <= fromByte) continue;
    runsRead++;
    for (let at = fromByte, want = PIECE; at < toByte; ) {
      const used = await scanBytes(source, at, Math.min(at + want, toByte), (bytes) =>
        reader.read(bytes, 1, false, sink),
      );
      if (used.bytes === 0 && at + want >= toByte) {
        throw new IndexDamaged(`${source.name}: expected whole rows from byte ${fromByte} to ${toByte}`);
      }
      // A row that is longer than that is asked for with more.
      if (used.bytes === 0) want *= 2;
      at += used.bytes;
    }
  }
  if (found !== count) throw new IndexDamaged(`${source.name}: expected ${count} rows, found ${found}`);
  if (runsRead > 1) sortRows(times, values, count);
  if (waiting !== null) {
    times.set(waiting.times.subarray(0, more), count);
    for (const c of kept) {
      values[c]!.set(waiting.values.subarray(c * BUCKET, c * BUCKET + more), count);
    }
  }
  return { from, count: count + more, times, values };
}

const NOTHING = new Float64Array(0);
/** Rows of a wide window, to be used again: pages ask for one after the other. */
const spare: Float64Array<ArrayBuffer>[] = [];
const MOST_SPARE = 8;
/** What fewer rows take is not worth keeping, and what more take is too much of it. */
const SPARE_FROM = 2048;
const SPARE_TO = 32 * 1024;

function room(length: number): Float64Array {
  if (length < SPARE_FROM || length > SPARE_TO) return new Float64Array(length);
  const fitting = spare.findIndex((one) => one.length >= length);
  const one = fitting >= 0 ? spare.splice(fitting, 1)[0]! : new Float64Array(2 ** Math.ceil(Math.log2(length)));
  return one.subarray(0, length);
}

/** Nobody reads these rows any more; the memory is that of the next ones. */
export function giveBack({ times, values }: RawRows): void {
  for (const { buffer, length } of [times, ...values]) {
    if (length < SPARE_FROM || length > SPARE_TO) continue;
    if (spare.length === MOST_SPARE) spare.shift();
    spare.push(new Float64Array(buffer as ArrayBuffer));
  }
}

/** The first `count` rows; of equal times the one of the earlier run comes first. */
function sortRows(times: Float64Array, values: readonly Float64Array[], count: number): void {
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => times[a]! - times[b]! || a - b);
  for (const numbers of [times, ...values]) {
    if (numbers.length === 0) continue;
    const before = numbers.slice(0, count);
    for (let i = 0; i < count; i++) numbers[i] = before[order[i]!]!;
  }
}
