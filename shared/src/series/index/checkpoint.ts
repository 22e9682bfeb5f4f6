// What lets an index be taken up again: the blocks that are not full and the builder's state, behind the full blocks, and at the
// start of the file where they stand. Written in that order, so that a crash in between leaves a checksum that does not fit.

import { asciiBytes } from '../../ascii-bytes.js';
import { IndexDamaged, type IndexFile } from '../../index-file.js';
import { type Block, emptyBlock, RECORDS, writable } from './block.js';
import { decodeBlock, encodeBlock } from './block-bytes.js';
import { IndexBuilder, type Level } from './builder.js';
import type { SavedColumn } from './column-sums.js';

/** Changes whenever older files would be misread; another version is thrown away. */
const VERSION = 3;
/** "tidemark" on machines of either byte order would differ: the number tells them apart. */
const MARK = 0x7d31de01;
export const HEADER_BYTES = 64;

interface Saved {
  readonly identity: string;
  readonly state: unknown;
  readonly columns: number;
  readonly runs: number;
  readonly startMs: number;
  readonly carriedTime: number;
  readonly judgedAt: number;
  readonly end: number;
  readonly levels: readonly (Omit<Level, 'open'> & { readonly open: readonly [number, number] })[];
  readonly sums: readonly SavedColumn[];
  readonly samples: readonly number[][][];
  readonly waiting: { times: number[]; values: (number | null)[]; count: number; offsets: number[] };
}

export async function saveCheckpoint(
  builder: IndexBuilder,
  file: IndexFile,
  { identity, state }: { identity: string; state: unknown },
): Promise<void> {
  let at = builder.end;
  const levels: Saved['levels'][number][] = [];
  const { times, values, count, offsets } = builder.waiting;
  const opened = builder.levels.map(({ open, ...rest }) => ({ rest, bytes: encodeBlock(open, builder.checksum) }));
  const saved = (): Saved => ({
    identity,
    state,
    columns: builder.columns,
    runs: builder.runs,
    startMs: builder.startMs,
    carriedTime: builder.carriedTime,
    judgedAt: builder.judgedAt,
    end: builder.end,
    levels,
    sums: builder.sums.map((sums) => sums.save()),
    samples: builder.samples().map((sample) => sample.save()),
    waiting: { times: [...times], values: [...values], count, offsets: [...offsets] },
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
 * The builder as `saveCheckpoint` left it, and the state given then; null when it was for another identity.
 *
 * @throws IndexDamaged
 */
export async function loadCheckpoint(
  file: IndexFile,
  columns: number,
  identity: string,
  checksum: (bytes: Uint8Array) => number,
): Promise<{ builder: IndexBuilder; state: unknown } | null> {
  const damaged = (): never => {
    throw new IndexDamaged('the index cannot be read');
  };
  const head = (await file.read(0, HEADER_BYTES)).slice();
  if (head.length !== HEADER_BYTES) damaged();
  const header = new Uint32Array(head.buffer, 0, HEADER_BYTES / 4);
  if (header[0] !== MARK || header[1] !== VERSION) damaged();
  if (header[2] !== checksum(head.subarray(12))) damaged();
  const at = new Float64Array(head.buffer, 32, 1)[0]!;
  const text = await file.read(at, at + header[4]!);
  if (text.length !== header[4] || header[5] !== checksum(text)) damaged();
  const saved = JSON.parse(new TextDecoder().decode(text)) as Saved;
  if (saved.identity !== identity || saved.columns !== columns) return null;
  const builder = new IndexBuilder(columns, saved.runs, HEADER_BYTES, checksum);
  builder.carriedTime = saved.carriedTime ?? Number.NaN;
  builder.judgedAt = saved.judgedAt;
  builder.end = saved.end;
  for (const [k, { open, ...rest }] of saved.levels.entries()) {
    const [from, length] = open;
    const start = Math.floor(rest.count / RECORDS) * RECORDS;
    const expected = { level: k, start, columns: saved.columns, runs: saved.runs };
    const block: Block = decodeBlock(await file.read(from, from + length), expected, builder.checksum);
    const { runs } = saved;
    builder.levels[k] = { ...rest, open: block.count === 0 ? emptyBlock(columns, k, start, runs) : writable(block) };
  }
  for (const [i, column] of saved.sums.entries()) builder.sums[i]!.restore(column);
  for (const [i, sample] of builder.samples().entries()) sample.restore(saved.samples[i]!);
  const { waiting } = builder;
  waiting.times.set(saved.waiting.times);
  waiting.values.set(saved.waiting.values.map((n) => n ?? Number.NaN));
  waiting.offsets.set(saved.waiting.offsets);
  waiting.count = saved.waiting.count;
  builder.restored(saved.startMs);
  return { builder, state: saved.state };
}
