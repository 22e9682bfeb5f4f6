// A log as bytes, unpacked where it is packed with gzip or zstd.
//
// Neither can be read from the middle, so it is unpacked once, into a file that has no name (nothing is left of it, not even
// when the process is killed), while the log is read behind it. It takes the room of the unpacked text in the cache folder.
import { randomUUID } from 'node:crypto';
import { createReadStream, writeSync } from 'node:fs';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib, { createGunzip } from 'node:zlib';
import { UnavailableError } from '@tidemark/shared/errors.js';
import type { Arriving } from '@tidemark/shared/logs/store.js';
import { roomFolder } from '../index-files/place.js';
import { type FileSource, fileSource } from './file-source.js';

export interface LogSource extends FileSource {
  /** How far unpacking is; null for a log that is not packed. */
  readonly arriving: Arriving | null;
  /** Resolves when all of it is there. */
  whole(): Promise<void>;
}

/** The first look waits for this much, so that the format is found from more than a few lines. Unit: bytes. */
const FIRST_BYTES = 1024 * 1024;
/** Unit: ms. */
const TELL_EVERY_MS = 300;

/**
 * `onGrown` is called while more comes. `cache` is where text is unpacked.
 *
 * Throws UnavailableError for zstd where this Node.js cannot read it.
 */
export async function logSource(
  path: string,
  name = basename(path),
  onGrown: () => void = () => undefined,
  cache?: string,
): Promise<LogSource> {
  const packing = await packingOf(path);
  const plain = { arriving: null, whole: async () => undefined };
  return packing === null
    ? { ...fileSource(path, name), ...plain }
    : unpackedSource(path, name, packing, onGrown, await roomFolder(cache));
}

type Packing = 'gzip' | 'zstd';

async function packingOf(path: string): Promise<Packing | null> {
  const file = await open(path, 'r').catch(() => null);
  // What cannot be opened is said when its bytes are asked for.
  if (file === null) return null;
  try {
    if (!(await file.stat()).isFile()) return null;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead < 4) return null;
    if (buffer.readUInt16BE(0) === 0x1f8b) return 'gzip';
    return buffer.readUInt32LE(0) === 0xfd2fb528 ? 'zstd' : null;
  } finally {
    await file.close();
  }
}

/** Node.js has zstd since 22.15. */
type Zstd = { createZstdDecompress?: () => Transform };

function unpacker(packing: Packing, name: string): Transform {
  if (packing === 'gzip') return createGunzip();
  const { createZstdDecompress } = zlib as Zstd;
  if (createZstdDecompress !== undefined) return createZstdDecompress();
  throw new UnavailableError(
    `${name} is packed with zstd, which Node.js ${process.versions.node} cannot unpack.`,
    'Node.js 22.15 and later can. Or unpack it first: zstd -d FILE',
  );
}

async function unpackedSource(
  path: string,
  name: string,
  packing: Packing,
  onGrown: () => void,
  folder: string,
): Promise<LogSource> {
  unpacker(packing, name);
  const place = join(folder, `tidemark-${randomUUID()}.log`);
  const into = await open(place, 'wx', 0o600);
  const text = fileSource(place, name);
  await text.size();
  await rm(place);

  let from = '';
  let written = 0;
  let share = 0;
  let trouble: string | null = null;
  let stop = new AbortController();
  let work: Promise<void> = Promise.resolve();
  let first: Promise<void> = Promise.resolve();

  const markOf = async (): Promise<string> => {
    const { dev, ino, size, mtimeMs } = await stat(path);
    return `${dev}:${ino}:${size}:${mtimeMs}`;
  };
  const unpack = async (handle: FileHandle, enough: () => void, { signal }: AbortController): Promise<void> => {
    const packed = createReadStream(path);
    const { size } = await stat(path);
    let told = Date.now();
    try {
      await pipeline(
        packed,
        unpacker(packing, name),
        async (parts: AsyncIterable<Buffer>) => {
          for await (const part of parts) {
            for (let at = 0; at < part.length; ) at += writeSync(handle.fd, part, at, part.length - at, written + at);
            written += part.length;
            share = Math.min(0.999, size > 0 ? packed.bytesRead / size : 0);
            if (written >= FIRST_BYTES) enough();
            if (Date.now() - told < TELL_EVERY_MS) continue;
            told = Date.now();
            onGrown();
          }
        },
        { signal },
      );
    } catch (error) {
      if (signal.aborted) return;
      trouble = `${name} could not be unpacked to its end (${(error as Error).message}); what came before is shown.`;
    }
    share = 1;
    enough();
    onGrown();
  };
  /** Begins, and begins again when the packed file is another one. */
  const look = async (): Promise<void> => {
    const now = await markOf().catch(() => from);
    if (now === from) return;
    from = now;
    stop.abort();
    await work;
    stop = new AbortController();
    trouble = null;
    share = 0;
    written = 0;
    await into.truncate(0);
    first = new Promise((enough) => {
      work = unpack(into, enough, stop);
    });
  };

  return {
    ...text,
    path,
    name,
    async size() {
      await look();
      await first;
      return written;
    },
    async close() {
      stop.abort();
      await work;
      await into.close();
      await text.close();
    },
    arriving: { share: () => share, remarks: () => (trouble === null ? [] : [trouble]) },
    async whole() {
      await look();
      await work;
    },
  };
}
