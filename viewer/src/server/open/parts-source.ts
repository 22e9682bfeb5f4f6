// A file that the recorder puts aside in parts (--rotate) as one: memory.0001.csv, memory.0002.csv, ... and memory.csv one behind the
// other, each header but the first left out. What was read stays where it was when the running file becomes a part, and also when the oldest part is removed
// (--keep) after its rows are known: else all that is left would be read anew with every part.
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { partName, partNumber } from '@tidemark/shared/recording/files.js';
import { type FileSource, fileSource } from './file-source.js';
import type { LogSource } from './log-source.js';

interface Part {
  readonly file: FileSource;
  /** Bytes of its header that are left out: 0 for the first part and for logs. */
  readonly skip: number;
  /** Where it begins in the whole. */
  readonly from: number;
  size: number;
}

/** Longer first lines are no header of ours. */
const HEADER_BYTES = 64 * 1024;
/** Of the beginning of all, kept when the first part is gone: what tells one file from another. */
const HEAD_BYTES = 4096;

export interface PartsSource extends FileSource {
  /** As an index tells files apart: by the oldest part, which keeps its place while parts are added. */
  identity(): Promise<{ id: string; modifiedMs: number }>;
}

/** As `fileSource`; `header` says that every part begins with the same first line. */
export function partsSource(path: string, name = basename(path), header = true): PartsSource {
  const running = fileSource(path, name);
  let parts: Part[] = [];
  let closed = new Map<number, FileSource>();
  let seen = '';
  let looking: Promise<void> | null = null;
  /** Up to where everything is known to who reads. */
  let known = 0;
  /** Bytes of parts that are gone and were known: the others keep their places behind them. */
  let gone = 0;
  /** The first part that there was, and how it began. */
  let first: { id: string; head: Uint8Array } | null = null;

  /** Lists the parts anew when another file stands under the name: nothing else changes them. */
  const look = async (): Promise<void> => {
    // Between two renames there is no such file for a moment.
    const now = (await idOf(path)) || 'none';
    if (now !== seen || parts.length === 0) {
      await list();
      seen = now;
    }
    const last = parts.at(-1);
    if (last?.file === running) last.size = Math.max(0, (await running.size()) - last.skip);
  };
  const list = async (): Promise<void> => {
    const names = await readdir(dirname(path)).catch(() => []);
    const numbers = names
      .map((one) => partNumber(basename(path), one))
      .filter((number) => number !== null)
      .sort((a, b) => a - b);
    const kept = new Map<number, FileSource>();
    for (const number of numbers) {
      const part = partName(path, number);
      kept.set(number, closed.get(number) ?? fileSource(part, join(dirname(name), basename(part))));
    }
    const removed = new Set([...closed].filter(([number]) => !kept.has(number)).map(([, file]) => file));
    const files = [...kept.values()];
    // Without parts it is an ordinary file, and trouble with it is said.
    if (files.length === 0 || (await stat(path).catch(() => null)) !== null) files.push(running);
    const added = numbers.find((number) => !closed.has(number));
    const follows = added === undefined ? path : partName(path, added);
    gone = goneWith(removed, (await idOf(follows)) === seen);
    let fresh = await laidOut(files, gone);
    // As much gone as there is: it is time to begin anew with what is there.
    if (gone > 0 && 2 * gone > endOf(fresh)) {
      gone = 0;
      fresh = await laidOut(files, gone);
    }
    if (gone === 0) first = await beginningOf(files[0]!);
    parts = fresh;
    closed = kept;
    for (const file of removed) await file.close();
  };
  /** Where the first part that is left begins: behind all that is gone, as long as that was the oldest and is known. */
  const goneWith = (removed: ReadonlySet<FileSource>, runningIsThere: boolean): number => {
    const left = parts.findIndex(({ file }) => !removed.has(file));
    if (!header || left < 0 || parts[left]!.from > known) return 0;
    const rest = parts.slice(left);
    // Several parts may have come and gone since.
    const all = rest.every(({ file }) => !removed.has(file) && (file !== running || runningIsThere));
    return all ? parts[left]!.from : 0;
  };
  const laidOut = async (files: readonly FileSource[], begin: number): Promise<Part[]> => {
    const list: Part[] = [];
    let from = begin;
    for (const file of files) {
      const size = await file.size();
      const skip = header && (begin > 0 || list.length > 0) ? await headerLength(file, size) : 0;
      list.push({ file, skip, from, size: Math.max(0, size - skip) });
      from += Math.max(0, size - skip);
    }
    return list;
  };
  const alone = (): Promise<void> => {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  };
  const pieces = (from: number, to: number): { part: Part; from: number; to: number }[] =>
    parts
      .map((part) => ({ part, from: Math.max(from, part.from), to: Math.min(to, part.from + part.size) }))
      .filter((piece) => piece.from < piece.to);
  const read = async (from: number, to: number): Promise<Uint8Array> => {
    if (parts.length === 0) await alone();
    if (from < gone) return first?.head.slice(from, to) ?? new Uint8Array(0);
    const wanted = pieces(from, to);
    const [only] = wanted;
    if (only === undefined) return new Uint8Array(0);
    const readPiece = ({ part, from: a, to: b }: (typeof wanted)[number]): Promise<Uint8Array> =>
      part.file.read(a - part.from + part.skip, b - part.from + part.skip);
    if (wanted.length === 1) return readPiece(only);
    const whole = new Uint8Array(wanted.at(-1)!.to - only.from);
    let filled = 0;
    for (const piece of wanted) {
      const bytes = await readPiece(piece);
      whole.set(bytes, filled);
      filled += bytes.length;
      if (bytes.length < piece.to - piece.from) break;
    }
    return filled === whole.length ? whole : whole.subarray(0, filled);
  };

  return {
    path,
    name,
    isOpen: () => parts.length > 0,
    async size() {
      await alone();
      return endOf(parts);
    },
    read,
    async scan(from, to, use) {
      if (parts.length === 0) await alone();
      const [only, more] = pieces(from, to);
      if (only === undefined || more !== undefined || from < gone) return use(await read(from, to));
      const { part } = only;
      return part.file.scan!(only.from - part.from + part.skip, only.to - part.from + part.skip, use);
    },
    known(offset) {
      known = offset;
      if (offset > 0 || gone === 0) return;
      // Whoever begins anew begins with what there is.
      gone = 0;
      parts = [];
    },
    async identity() {
      await alone();
      const { mtimeMs } = await stat(parts.at(-1)?.file.path ?? path);
      return {
        id: gone > 0 && first !== null ? first.id : (await idOf(parts[0]?.file.path ?? path)) || (await idOf(path)),
        modifiedMs: mtimeMs,
      };
    },
    async close() {
      for (const file of new Set([running, ...closed.values()])) await file.close();
    },
  };
}

/** As `logSource` gives a log: there is nothing to unpack. */
export function asLog(source: PartsSource): LogSource {
  return { ...source, arriving: null, whole: async () => {} };
}

function endOf(parts: readonly Part[]): number {
  const last = parts.at(-1);
  return last === undefined ? 0 : last.from + last.size;
}

async function beginningOf(file: FileSource): Promise<{ id: string; head: Uint8Array }> {
  return { id: await idOf(file.path), head: await file.read(0, HEAD_BYTES) };
}

/** Empty when it is not there. */
async function idOf(path: string): Promise<string> {
  const there = await stat(path).catch(() => null);
  return there === null ? '' : `${there.dev}:${there.ino}`;
}

async function headerLength(file: FileSource, size: number): Promise<number> {
  return (await file.read(0, Math.min(size, HEADER_BYTES))).indexOf(0x0a) + 1;
}
