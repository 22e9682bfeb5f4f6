// Keeps the index of a large file on disk (place.ts says where). It is made under a name of its own and takes its place when it
// is whole; one process works on it at a time (lock.ts).

import { randomUUID } from 'node:crypto';
import { readSync, writeSync } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { IndexDamaged, type IndexFile, type IndexHost, NotIndexable } from '@tidemark/shared/index-file.js';
import { openKeeper } from '@tidemark/shared/series/index/keeping.js';
import { keepHeapSmall } from '../small-heap.js';
import { indexLock } from './lock.js';
import { placeFor } from './place.js';

/** Smaller files are read again faster than anyone notices. */
export const INDEX_FROM_BYTES = 8 * 1024 * 1024;

export interface FileIndexHost extends IndexHost {
  close(): Promise<void>;
}

export interface IndexPlaces {
  /** Files smaller than this get no index. */
  readonly fromBytes?: number;
  /** Where it goes when the folder of the file cannot be written. */
  readonly cache?: string;
}

/** For samples and logs alike: `path` is the file that the index belongs to. */
export function indexHost(path: string, { fromBytes = INDEX_FROM_BYTES, cache }: IndexPlaces = {}): FileIndexHost {
  keepHeapSmall();
  const handles = new Set<FileHandle>();
  const lock = indexLock();
  let made = 0;

  const fileOf = (handle: FileHandle, begun: string, place: string | null): IndexFile => {
    handles.add(handle);
    let at = begun;
    let room = new Uint8Array(64 * 1024);
    const fill = (bytes: Uint8Array, from: number): Uint8Array => {
      let filled = 0;
      while (filled < bytes.length) {
        // Synchronous, as a block takes some 20 us from the page cache; through a thread and back five times that.
        const got = readOrDamaged(handle, bytes, filled, from + filled);
        if (got === 0) break;
        filled += got;
      }
      return filled === bytes.length ? bytes : bytes.subarray(0, filled);
    };
    return {
      read: async (from, to) => fill(new Uint8Array(to - from), from),
      async scan(from, to, use) {
        if (room.length < to - from) room = new Uint8Array(to - from);
        return use(fill(room.subarray(0, to - from), from));
      },
      async write(to, bytes) {
        // Synchronous, as reading is: it goes to the page cache.
        for (let written = 0; written < bytes.length; ) written += writeOrNot(handle, bytes, written, to + written);
      },
      async keep() {
        if (place === null || at === place) return;
        await rename(at, place).catch(notIndexable);
        at = place;
      },
      async close() {
        if (!handles.delete(handle)) return;
        await handle.close();
        if (at !== place) await rm(at, { force: true });
      },
    };
  };

  return {
    fromBytes,
    keeper: openKeeper,
    checksum: (bytes) => crc32(bytes),
    async identity() {
      const { dev, ino, mtimeMs } = await stat(path);
      return { id: `${dev}:${ino}`, modifiedMs: mtimeMs };
    },
    async reopen() {
      const place = await placeFor(path, cache);
      const handle = await open(place, 'r+').catch(() => null);
      if (handle === null) return null;
      if (await lock.take(place)) return fileOf(handle, place, place);
      await handle.close();
      return null;
    },
    async create() {
      const place = await placeFor(path, cache);
      if (!(await lock.take(place))) {
        const alone = join(tmpdir(), `tidemark-${randomUUID()}.index`);
        const handle = await open(alone, 'wx+', 0o600).catch(notIndexable);
        // Nobody else finds it, and nothing is left of it.
        await rm(alone, { force: true });
        return fileOf(handle, alone, null);
      }
      await forgetHalfMade(place, handles.size > 0);
      const begun = `${place}.${process.pid}-${made++}`;
      return fileOf(await open(begun, 'wx+', 0o600).catch(notIndexable), begun, place);
    },
    async close() {
      for (const handle of handles) await handle.close();
      handles.clear();
      lock.release();
    },
  };
}

/** What a process that was killed had begun; ours are in use. */
async function forgetHalfMade(place: string, working: boolean): Promise<void> {
  if (working) return;
  const begun = `${basename(place)}.`;
  for (const name of await readdir(dirname(place)).catch(() => [])) {
    if (name.startsWith(begun) && /^\d+-\d+$/.test(name.slice(begun.length))) {
      await rm(join(dirname(place), name), { force: true });
    }
  }
}

function readOrDamaged(handle: FileHandle, into: Uint8Array, filled: number, at: number): number {
  try {
    return readSync(handle.fd, into, filled, into.length - filled, at);
  } catch (error) {
    throw new IndexDamaged((error as Error).message, { cause: error });
  }
}

function writeOrNot(handle: FileHandle, bytes: Uint8Array, written: number, at: number): number {
  try {
    return writeSync(handle.fd, bytes, written, bytes.length - written, at);
  } catch (error) {
    return notIndexable(error as Error);
  }
}

/** A full disk, or one that cannot be written after all: what would be indexed goes to memory. */
function notIndexable(error: Error): never {
  throw new NotIndexable(error.message, { cause: error });
}
