// A block as it stands in the file. Times and rows count from the start of their record, and values that are whole numbers from
// the lowest of their column in units of what divides all of them (bytes come in pages): each in as few bytes as the block
// allows. A checksum covers all of it.
import { IndexDamaged } from '../../index-file.js';
import { type Block, type ColumnValues, type Counts, FIRST_TIME, OFFSETS, RECORDS } from './block.js';

const HEADER_BYTES = 32;
const MARK = 0x7d3a4b1d;
/** Of a column: base, step, and how many bytes a value takes (2, 4 or 8). */
const SCALE = 3;

/** Used again by each call: blocks come by the thousand. */
let scratch = new Float64Array(0);
let scales = new Float64Array(0);

/** Into `room` where it is large enough. */
export function encodeBlock(block: Block, checksum: (bytes: Uint8Array) => number, room?: Uint8Array): Uint8Array {
  const { columns, level, start, count, head, heads, values, gaps } = block;
  const slots = columns * RECORDS * 4;
  if (scratch.length !== slots) scratch = new Float64Array(slots);
  if (scales.length !== columns * SCALE) scales = new Float64Array(columns * SCALE);
  const timeBytes = relativeTimes(block, scratch);
  const rowBytes = level === 0 ? 1 : level < 6 ? 2 : 4;
  let valueBytes = 0;
  for (let c = 0; c < columns; c++) valueBytes += scaleOf(values[c]!.raw, count * 4, c * SCALE) * RECORDS * 4;
  const parts = [heads.byteLength, scales.byteLength, valueBytes, gaps.size * 56, slots * timeBytes, slots * rowBytes];
  const size = HEADER_BYTES + parts.reduce((sum, part) => sum + round8(part), 0);
  const { buffer } = room !== undefined && room.buffer.byteLength >= size ? room : new Uint8Array(size + (size >> 3));
  let at = HEADER_BYTES;
  new Float64Array(buffer, at, heads.length).set(heads);
  at += heads.byteLength;
  new Float64Array(buffer, at, scales.length).set(scales);
  at += scales.byteLength;
  for (let c = 0; c < columns; c++) at += putValues(buffer, at, values[c]!.raw, count * 4, c * SCALE);
  const listed = new Float64Array(buffer, at, gaps.size * 7);
  let i = 0;
  for (const [key, gap] of gaps) {
    listed[i] = key;
    listed.set(gap, i + 1);
    i += 7;
  }
  at += listed.byteLength;
  if (timeBytes === 8) new Float64Array(buffer, at, slots).set(block.times);
  else countsIn(buffer, at, slots, timeBytes).set(scratch);
  at += round8(slots * timeBytes);
  countsIn(buffer, at, slots, rowBytes).set(block.rows);
  const header = new Uint32Array(buffer, 0, 8);
  header.set([MARK, 0, level, start, count, columns, timeBytes | (rowBytes << 8) | (head << 16), gaps.size]);
  const bytes = new Uint8Array(buffer, 0, size);
  header[1] = checksum(bytes.subarray(8));
  return bytes;
}

/** @throws IndexDamaged when the bytes are not those of this block. */
export function decodeBlock(
  given: Uint8Array,
  expected: { level: number; start: number; columns: number; runs: number },
  checksum: (bytes: Uint8Array) => number,
): Block {
  const bytes = given.byteOffset % 8 === 0 ? given : given.slice();
  const damaged = (): never => {
    throw new IndexDamaged(`block ${expected.level}:${expected.start}`);
  };
  if (bytes.length < HEADER_BYTES) damaged();
  const { buffer, byteOffset } = bytes;
  const [mark, sum, level, start, count, columns, widths, gapCount] = new Uint32Array(buffer, byteOffset, 8);
  if (mark !== MARK || level !== expected.level || start !== expected.start || columns !== expected.columns) damaged();
  if (sum !== checksum(bytes.subarray(8))) damaged();
  const slots = columns! * RECORDS * 4;
  const timeBytes = widths! & 255;
  const rowBytes = (widths! >> 8) & 255;
  const head = widths! >>> 16;
  if (head !== OFFSETS + expected.runs) damaged();
  let at = byteOffset + HEADER_BYTES;
  const heads = new Float64Array(buffer, at, RECORDS * head);
  at += heads.byteLength;
  const scale = new Float64Array(buffer, at, columns! * SCALE);
  at += scale.byteLength;
  const values: ColumnValues[] = [];
  for (let c = 0; c < columns!; c++) {
    const width = scale[c * SCALE + 2]!;
    values.push({
      raw: numbersIn(buffer, at, RECORDS * 4, width),
      base: scale[c * SCALE]!,
      step: scale[c * SCALE + 1]!,
    });
    at += RECORDS * 4 * width;
  }
  const listed = new Float64Array(buffer, at, gapCount! * 7);
  const gaps = new Map<number, Float64Array>();
  for (let i = 0; i < listed.length; i += 7) gaps.set(listed[i]!, listed.subarray(i + 1, i + 7));
  at += listed.byteLength;
  const times =
    timeBytes === 8 ? new Float64Array(buffer, at, slots) : (countsIn(buffer, at, slots, timeBytes) as Counts);
  at += round8(slots * timeBytes);
  const rows = countsIn(buffer, at, slots, rowBytes);
  const none = 2 ** (8 * rowBytes) - 1;
  return {
    ...{ columns: columns!, level: level!, start: start!, count: count!, head, heads, values },
    ...{ times, absolute: timeBytes === 8, rows, none, gaps },
  };
}

/** Fills `to` with times counted from their records and returns how many bytes each takes; 8 for times that are no whole ms. */
function relativeTimes({ columns, count, head, heads, times }: Block, to: Float64Array): 2 | 4 | 8 {
  let longest = 0;
  for (let c = 0; c < columns; c++) {
    for (let r = 0; r < count; r++) {
      const base = heads[r * head + FIRST_TIME]!;
      const slot = (c * RECORDS + r) * 4;
      for (let k = slot; k < slot + 4; k++) {
        const distance = times[k]! - base;
        to[k] = distance;
        if (distance > longest) longest = distance;
        if (distance !== distance >>> 0 || base + distance !== times[k]!) return 8;
      }
    }
  }
  return longest < 0x10000 ? 2 : 4;
}

/** Says in `scales` how a column is written; returns the bytes of a value. */
function scaleOf(values: ColumnValues['raw'], count: number, at: number): 2 | 4 | 8 {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  scales[at] = 0;
  scales[at + 1] = 1;
  scales[at + 2] = 8;
  if (!(high - low <= 0xffffffff) || !Number.isSafeInteger(low) || !Number.isSafeInteger(high)) return 8;
  let bits = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    const above = value - low;
    // No whole number, or the zero with a sign.
    if (above !== above >>> 0 || (value === 0 && 1 / value < 0)) return 8;
    bits |= above;
  }
  const shift = bits === 0 ? 0 : 31 - Math.clz32(bits & -bits);
  scales[at] = low;
  scales[at + 1] = 2 ** shift;
  const width = (high - low) / 2 ** shift < 0x10000 ? 2 : 4;
  scales[at + 2] = width;
  return width;
}

/** Returns the bytes that they take. */
function putValues(
  buffer: ArrayBufferLike,
  at: number,
  from: ColumnValues['raw'],
  count: number,
  scale: number,
): number {
  const width = scales[scale + 2]!;
  const to = numbersIn(buffer, at, RECORDS * 4, width);
  const base = scales[scale]!;
  const factor = 1 / scales[scale + 1]!;
  for (let i = 0; i < count; i++) to[i] = width === 8 ? from[i]! : (from[i]! - base) * factor;
  // The room may hold another block.
  to.fill(0, count);
  return to.byteLength;
}

function numbersIn(buffer: ArrayBufferLike, at: number, length: number, width: number): ColumnValues['raw'] {
  if (width === 8) return new Float64Array(buffer, at, length);
  return width === 2 ? new Uint16Array(buffer, at, length) : new Uint32Array(buffer, at, length);
}

function countsIn(buffer: ArrayBufferLike, at: number, length: number, width: number): Counts {
  if (width === 1) return new Uint8Array(buffer, at, length);
  return width === 2 ? new Uint16Array(buffer, at, length) : new Uint32Array(buffer, at, length);
}

const round8 = (size: number): number => (size + 7) & ~7;
