// A file that the recorder puts aside in parts (--rotate) as one: memory.0001.csv, memory.0002.csv, ... and memory.csv one behind the
// other, each header but the first left out. What was read stays where it was when the running file becomes a part.
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

  /** Lists the parts anew when another file stands under the name: nothing else changes them. */
  const look = async (): Promise<void> => {
    // Between two renames there is no such file for a moment.
    const there = await stat(path).catch(() => null);
    const now = there === null ? 'none' : `${there.dev}:${there.ino}`;
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
    const gone = [...closed].filter(([number]) => !kept.has(number));
    const files = [...kept.values()];
    // Without parts it is an ordinary file, and trouble with it is said.
    if (files.length === 0 || (await stat(path).catch(() => null)) !== null) files.push(running);
    const fresh: Part[] = [];
    let from = 0;
    for (const file of files) {
      const size = await file.size();
      const skip = header && fresh.length > 0 ? await headerLength(file, size) : 0;
      fresh.push({ file, skip, from, size: Math.max(0, size - skip) });
      from += Math.max(0, size - skip);
    }
    parts = fresh;
    closed = kept;
    for (const [, file] of gone) await file.close();
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
      const last = parts.at(-1);
      return last === undefined ? 0 : last.from + last.size;
    },
    read,
    async scan(from, to, use) {
      if (parts.length === 0) await alone();
      const [only, more] = pieces(from, to);
      if (only === undefined || more !== undefined) return use(await read(from, to));
      const { part } = only;
      return part.file.scan!(only.from - part.from + part.skip, only.to - part.from + part.skip, use);
    },
    async identity() {
      await alone();
      const [first] = parts;
      const { dev, ino } = await stat(first?.file.path ?? path).catch(() => stat(path));
      const { mtimeMs } = await stat(parts.at(-1)?.file.path ?? path);
      return { id: `${dev}:${ino}`, modifiedMs: mtimeMs };
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

async function headerLength(file: FileSource, size: number): Promise<number> {
  return (await file.read(0, Math.min(size, HEADER_BYTES))).indexOf(0x0a) + 1;
}
