// An index as it is kept on disk beside the log, and whether the log is still the one that it was made from.
//
//   64 bytes: mark, version, length and checksum of the head | pages of the blocks | head (JSON, ASCII)
//
// The lines that the plan was found from are kept and the plan is made from them again: it is code, and rules may change with a
// version. The last block is read again, as when a log grew.
import { asciiBytes } from '../ascii-bytes.js';
import type { ByteSource } from '../bytes.js';
import { IndexDamaged, type IndexFile, type IndexHost } from '../index-file.js';
import { FORMATS } from '../timestamps/formats/index.js';
import { pagesFor } from './blocks.js';
import { beginIndex, type LogIndex, resume } from './log-index.js';
import { PAGE_BYTES } from './paged-list.js';
import type { PlanHints } from './read-plan.js';
import type { SampleLines } from './sample-lines.js';

/** Changes whenever blocks or what is read from lines mean something else; another version is thrown away. */
const VERSION = 2;
const MARK = 0x7d31de10;
const HEADER_BYTES = 64;
/** Pieces of the log from all over it, to be there again when the index is taken up. */
const PROBES = 24;
const PROBE_BYTES = 512;
const DAY_MS = 86_400_000;
/** A sample of lines longer than this is not kept, and so no index. Characters. */
const MOST_SAMPLE = 4 * 1024 * 1024;

interface Head {
  readonly formats: number;
  /** What else the reading depends on. */
  readonly options: string;
  readonly id: string;
  readonly modifiedMs: number;
  readonly size: number;
  readonly probes: number;
  readonly sample: { readonly texts: readonly string[]; readonly arrivals: readonly (number | null)[] };
  readonly hints: PlanHints;
  readonly blocks: number;
  readonly pages: readonly number[];
  readonly totals: readonly (number | string)[];
  readonly base: number;
  readonly used: readonly string[];
  readonly relative: 'no' | 'day' | 'start';
  readonly longest: number;
  readonly end: number;
}

export interface Kept {
  readonly host: IndexHost;
  /** Differs when the person asked for another reading: year, kind. */
  readonly options: string;
  readonly captured: boolean;
  readonly blockBytes: number;
}

/** Writes the index; it may be taken up from here on. Throws NotIndexable when it cannot be written. */
export async function saveIndex(index: LogIndex, { host, options }: Kept): Promise<void> {
  const { sample, hints, blocks, entries } = index;
  if (sample.texts.reduce((sum, text) => sum + text.length, 0) > MOST_SAMPLE) return;
  const { id, modifiedMs } = await host.identity();
  const end = blocks.count > 0 ? blocks.offset(blocks.count - 1) : 0;
  const probes = await probe(index.source, end, host);
  const { pages, count, before } = blocks.save();
  const sums: number[] = [];
  const file = await host.create();
  try {
    let at = HEADER_BYTES;
    for (const page of pages) {
      const bytes = new Uint8Array(page);
      sums.push(host.checksum(bytes));
      await file.write(at, bytes);
      at += PAGE_BYTES;
    }
    const head: Head = {
      formats: formatsSum(host),
      options,
      id,
      modifiedMs,
      size: index.read,
      probes,
      sample: { texts: sample.texts, arrivals: sample.arrivals },
      hints,
      blocks: count,
      pages: sums,
      totals: before.map((value) => (Number.isFinite(value) ? value : String(value))),
      base: blocks.base,
      used: [...entries.reader.used],
      relative: entries.relative,
      longest: index.longest,
      end,
    };
    const text = asciiBytes(JSON.stringify(head));
    await file.write(at, text);
    const header = new Uint32Array(HEADER_BYTES / 4);
    header.set([MARK, VERSION, pages.length, text.length, host.checksum(text)]);
    await file.write(0, new Uint8Array(header.buffer));
    await file.keep();
  } finally {
    await file.close();
  }
}

/**
 * The index that was kept, ready to read on; null when there is none for this log as it is now. `writtenMs`: when it was last written,
 * as PlanHints has it.
 */
export async function reopenIndex(
  source: ByteSource,
  size: number,
  writtenMs: number | null,
  kept: Kept,
): Promise<LogIndex | null> {
  const { host } = kept;
  const file = await host.reopen();
  if (file === null) return null;
  try {
    const read = await readKept(file, host);
    if (read === null) return null;
    const { head, pages } = read;
    const { id, modifiedMs } = await host.identity();
    if (head.formats !== formatsSum(host) || head.options !== kept.options || head.id !== id) return null;
    // Shorter: cut. As long but changed later: something was written over it.
    if (size < head.size || (size === head.size && modifiedMs !== head.modifiedMs)) return null;
    if ((await probe(source, head.end, host)) !== head.probes) return null;
    const sample: SampleLines = {
      texts: head.sample.texts,
      arrivals: head.sample.arrivals.map((ms) => ms ?? Number.NaN),
    };
    const index = beginIndex(source, kept.captured, kept.blockBytes, sample, head.hints);
    // Stamps without a year or a day hang on when the log was written.
    const hangs = head.relative === 'day' || index.plan.layouts.some(({ format }) => format?.clock === 'but-year');
    if (hangs && Math.abs((writtenMs ?? 0) - (head.hints.modifiedMs ?? 0)) > DAY_MS) return null;
    index.blocks.load(pages, head.blocks, head.totals.map(Number));
    index.blocks.base = head.base;
    for (const name of head.used) index.entries.reader.used.add(name);
    index.entries.relative = head.relative;
    index.longest = head.longest;
    index.open = index.blocks.count > 0;
    resume(index);
    index.head = (await source.read(0, 1024)).slice();
    return index;
  } catch (error) {
    if (error instanceof IndexDamaged) return null;
    throw error;
  } finally {
    await file.close();
  }
}

async function readKept(file: IndexFile, host: IndexHost): Promise<{ head: Head; pages: ArrayBuffer[] } | null> {
  const bytes = (await file.read(0, HEADER_BYTES)).slice();
  if (bytes.length !== HEADER_BYTES) return null;
  const header = new Uint32Array(bytes.buffer);
  const [mark, version, count, length, sum] = header as unknown as [number, number, number, number, number];
  if (mark !== MARK || version !== VERSION) return null;
  const end = HEADER_BYTES + count * PAGE_BYTES;
  const text = await file.read(end, end + length);
  if (text.length !== length || host.checksum(text) !== sum) return null;
  const head = JSON.parse(new TextDecoder().decode(text)) as Head;
  if (head.pages.length !== count || pagesFor(head.blocks) !== count) return null;
  const pages: ArrayBuffer[] = [];
  for (let page = 0; page < count; page += 1) {
    const from = HEADER_BYTES + page * PAGE_BYTES;
    const read = (await file.read(from, from + PAGE_BYTES)).slice();
    if (read.length !== PAGE_BYTES || host.checksum(read) !== head.pages[page]) return null;
    pages.push(read.buffer);
  }
  return { head, pages };
}

/** A checksum over pieces of the first `end` bytes. */
async function probe(source: ByteSource, end: number, host: IndexHost): Promise<number> {
  const pieces = new Uint8Array(PROBES * PROBE_BYTES);
  for (let at = 0; at < PROBES; at += 1) {
    const from = Math.max(0, Math.floor(((end - PROBE_BYTES) * at) / (PROBES - 1)));
    pieces.set(await source.read(from, Math.min(end, from + PROBE_BYTES)), at * PROBE_BYTES);
  }
  return host.checksum(pieces);
}

/** Another set of formats may read the same lines otherwise. */
function formatsSum(host: IndexHost): number {
  return host.checksum(asciiBytes(FORMATS.map(({ id, pattern }) => `${id} ${pattern.source}`).join('\n')));
}
