// How windows, marks and hits travel between server and page: a short JSON head, then typed arrays as they lie in memory.
// JSON for the numbers would cost several times what answering costs.
//
//   "TDM1" | u32 length of head | head (JSON, UTF-8) | zeros up to a multiple of 8 | arrays, each padded to 8
//
// Little-endian, like every machine that tidemark runs on.
import { RecordingFormatError } from '../errors.js';
import type { SeriesWindow, Trace } from '../series/series.js';
import type { LogMarks, SearchHits } from './data-source.js';

type Numbers = Float64Array | Uint32Array | Uint8Array;
type ArrayKind = 'f64' | 'u32' | 'u8';

interface Head<Meta> {
  readonly kind: string;
  readonly meta: Meta;
  readonly arrays: readonly (readonly [ArrayKind, number])[];
}

const MAGIC = 0x31_4d_44_54; // "TDM1"
const WIDTH: Readonly<Record<ArrayKind, number>> = { f64: 8, u32: 4, u8: 1 };

export function encodeWindow(window: SeriesWindow): Uint8Array {
  const { traces, ...rest } = window;
  return pack(
    'window',
    { ...rest, columns: traces.map((trace) => trace.column) },
    traces.flatMap((trace) => [trace.times, trace.values]),
  );
}

export function decodeWindow(bytes: Uint8Array): SeriesWindow {
  const { meta, arrays } = unpack<Omit<SeriesWindow, 'traces'> & { columns: string[] }>('window', bytes);
  const { columns, ...rest } = meta;
  const traces = columns.map(
    (column, i): Trace => ({ column, times: f64(arrays[2 * i]), values: f64(arrays[2 * i + 1]) }),
  );
  return { ...rest, traces };
}

export function encodeMarks({ times, levels, counts, lines, total }: LogMarks): Uint8Array {
  return pack('marks', { total }, [times, levels, counts, lines]);
}

export function decodeMarks(bytes: Uint8Array): LogMarks {
  const { meta, arrays } = unpack<{ total: number }>('marks', bytes);
  const [times, levels, counts, lines] = arrays;
  return { times: f64(times), levels: u8(levels), counts: u32(counts), lines: u32(lines), total: meta.total };
}

export function encodeHits({ lines, ...rest }: SearchHits): Uint8Array {
  return pack('hits', rest, [lines]);
}

export function decodeHits(bytes: Uint8Array): SearchHits {
  const { meta, arrays } = unpack<Omit<SearchHits, 'lines'>>('hits', bytes);
  return { lines: u32(arrays[0]), ...meta };
}

function pack(kind: string, meta: object, arrays: readonly Numbers[]): Uint8Array {
  const head: Head<object> = { kind, meta, arrays: arrays.map((array) => [kindOf(array), array.length]) };
  const text = new TextEncoder().encode(JSON.stringify(head));
  let at = padded(8 + text.length);
  const bytes = new Uint8Array(arrays.reduce((size, array) => size + padded(array.byteLength), at));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, text.length, true);
  bytes.set(text, 8);
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  return bytes;
}

function unpack<Meta>(kind: string, received: Uint8Array): { meta: Meta; arrays: Numbers[] } {
  // Arrays of numbers may only start at multiples of their width.
  const bytes = received.byteOffset % 8 === 0 ? received : received.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC) throw notOurs(kind, 'something else');
  const length = view.getUint32(4, true);
  if (8 + length > bytes.length) throw notOurs(kind, `${bytes.length} bytes`);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Head<Meta>;
  if (head.kind !== kind) throw notOurs(kind, head.kind);
  let at = padded(8 + length);
  const arrays = head.arrays.map(([type, count]) => {
    if (at + count * WIDTH[type] > bytes.length) throw notOurs(kind, `${bytes.length} bytes`);
    const start = bytes.byteOffset + at;
    at += padded(count * WIDTH[type]);
    if (type === 'f64') return new Float64Array(bytes.buffer, start, count);
    if (type === 'u32') return new Uint32Array(bytes.buffer, start, count);
    return new Uint8Array(bytes.buffer, start, count);
  });
  return { meta: head.meta, arrays };
}

const padded = (size: number): number => Math.ceil(size / 8) * 8;

const kindOf = (array: Numbers): ArrayKind =>
  array instanceof Float64Array ? 'f64' : array instanceof Uint32Array ? 'u32' : 'u8';

const notOurs = (kind: string, found: string): RecordingFormatError =>
  new RecordingFormatError('answer', `packed ${kind}`, found, 'Reload the page: it may be older than its server.');

function f64(array: Numbers | undefined): Float64Array {
  if (array instanceof Float64Array) return array;
  throw notOurs('numbers', 'another kind');
}

function u32(array: Numbers | undefined): Uint32Array {
  if (array instanceof Uint32Array) return array;
  throw notOurs('counts', 'another kind');
}

function u8(array: Numbers | undefined): Uint8Array {
  if (array instanceof Uint8Array) return array;
  throw notOurs('levels', 'another kind');
}
