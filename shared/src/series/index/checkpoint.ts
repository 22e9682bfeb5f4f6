// What lets an index be taken up again: the blocks that are not full and the builder's state, behind the full blocks, and at the
// start of the file where they stand. Written in that order, so that a crash in between leaves a checksum that does not fit.

import { IndexDamaged, type IndexFile } from '../../index-file.js';
import { type Block, decodeBlock, emptyBlock, encodeBlock, RECORDS, writable } from './block.js';
import type { IndexBuilder, Level } from './builder.js';

/** Changes whenever older files would be misread; another version is thrown away. */
const VERSION = 1;
/** "tidemark" on machines of either byte order would differ: the number tells them apart. */
const MARK = 0x7d31de01;
export const HEADER_BYTES = 64;

interface Saved {
  readonly identity: string;
  readonly state: unknown;
  readonly columns: number;
  readonly count: number;
  readonly startMs: number;
  readonly carriedTime: number;
  readonly judgedAt: number;
  readonly end: number;
  readonly levels: readonly (Omit<Level, 'open'> & { readonly open: readonly [number, number] })[];
  readonly states: readonly SavedColumn[];
  readonly samples: readonly number[][][];
  readonly waiting: { times: number[]; values: (number | null)[]; count: number; offset: number };
}

interface SavedColumn {
  readonly measured: number;
  readonly last: readonly (number | null)[];
  readonly mean: readonly number[];
  readonly far: readonly (readonly [number, { area: number; length: number }])[];
  readonly whole: readonly number[];
  readonly sparse: boolean;
  readonly longestMs: number;
}

export async function saveCheckpoint(
  builder: IndexBuilder,
  file: IndexFile,
  { identity, state }: { identity: string; state: unknown },
): Promise<void> {
  let at = builder.end;
  const levels: Saved['levels'][number][] = [];
  const { times, values, count, offset } = builder.waiting;
  const opened = builder.levels.map(({ open, ...rest }) => ({ rest, bytes: encodeBlock(open, builder.checksum) }));
  const saved = (): Saved => ({
    identity,
    state,
    columns: builder.columns,
    count: builder.count,
    startMs: builder.startMs,
    carriedTime: builder.carriedTime,
    judgedAt: builder.judgedAt,
    end: builder.end,
    levels,
    states: builder.states.map((c) => ({
      measured: c.measured,
      last: [c.lastRow, c.lastTime, c.lastValue],
      mean: [c.mean.sum, c.mean.area, c.mean.length],
      far: [...c.mean.far],
      whole: [...c.whole],
      sparse: c.rule.sparse,
      longestMs: c.rule.longestMs,
    })),
    samples: builder.samples().map((sample) => sample.save()),
    waiting: { times: [...times], values: [...values], count, offset },
  });
  for (const { rest, bytes } of opened) {
    levels.push({ ...rest, open: [at, bytes.length] });
    at += bytes.length;
  }
  // Everything is taken before the first wait: rows may come in meanwhile.
  const text = asciiBytes(JSON.stringify(saved()));
  const header = new Uint32Array(HEADER_BYTES / 4);
  header.set([MARK, VERSION, 0, 0, text.length, builder.checksum(text)]);
  new Float64Array(header.buffer, 32, 1)[0] = at;
  header[2] = builder.checksum(new Uint8Array(header.buffer, 12));
  for (const [i, { bytes }] of opened.entries()) await file.write(levels[i]!.open[0], bytes);
  await file.write(at, text);
  await file.write(0, new Uint8Array(header.buffer));
  await file.keep();
}

/**
 * Brings `builder` to where `saveCheckpoint` left it and returns the state given then; null when it was for another identity.
 *
 * @throws IndexDamaged
 */
export async function loadCheckpoint(builder: IndexBuilder, file: IndexFile, identity: string): Promise<unknown> {
  const damaged = (): never => {
    throw new IndexDamaged('the index cannot be read');
  };
  const head = (await file.read(0, HEADER_BYTES)).slice();
  if (head.length !== HEADER_BYTES) damaged();
  const header = new Uint32Array(head.buffer, 0, HEADER_BYTES / 4);
  if (header[0] !== MARK || header[1] !== VERSION) damaged();
  if (header[2] !== builder.checksum(head.subarray(12))) damaged();
  const at = new Float64Array(head.buffer, 32, 1)[0]!;
  const text = await file.read(at, at + header[4]!);
  if (text.length !== header[4] || header[5] !== builder.checksum(text)) damaged();
  const saved = JSON.parse(new TextDecoder().decode(text)) as Saved;
  if (saved.identity !== identity || saved.columns !== builder.columns) return null;
  builder.count = saved.count;
  builder.startMs = saved.startMs;
  builder.carriedTime = saved.carriedTime ?? Number.NaN;
  builder.judgedAt = saved.judgedAt;
  builder.end = saved.end;
  for (const [k, { open, ...rest }] of saved.levels.entries()) {
    const [from, length] = open;
    const start = Math.floor(rest.count / RECORDS) * RECORDS;
    const expected = { level: k, start, columns: saved.columns };
    const block: Block = decodeBlock(await file.read(from, from + length), expected, builder.checksum);
    builder.levels[k] = { ...rest, open: block.count === 0 ? emptyBlock(saved.columns, k, start) : writable(block) };
  }
  const numbers = (list: readonly (number | null)[]): number[] => list.map((n) => n ?? Number.NaN);
  for (const [i, column] of saved.states.entries()) {
    const state = builder.states[i]!;
    state.measured = column.measured;
    [state.lastRow, state.lastTime, state.lastValue] = numbers(column.last) as [number, number, number];
    [state.mean.sum, state.mean.area, state.mean.length] = column.mean as [number, number, number];
    for (const [key, far] of column.far) state.mean.far.set(key, far);
    state.whole.set(column.whole);
    state.rule = { sparse: column.sparse, longestMs: column.longestMs };
  }
  for (const [i, sample] of builder.samples().entries()) sample.restore(saved.samples[i]!);
  builder.waiting.times.set(saved.waiting.times);
  builder.waiting.values.set(numbers(saved.waiting.values));
  builder.waiting.count = saved.waiting.count;
  builder.waiting.offset = saved.waiting.offset;
  builder.restoreStep();
  return saved.state;
}

/** `shared` has no TextEncoder: every other character is escaped. */
function asciiBytes(json: string): Uint8Array {
  const text = json.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}
