// A file as a ByteSource: one descriptor, kept open, so that a file which is renamed away can still be read; a new one when
// another file took its place.
import { readSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ByteSource } from '@tidemark/shared/bytes.js';
import { UnavailableError } from '@tidemark/shared/errors.js';
import { makeRoom } from '@tidemark/shared/scan/memory.js';
import { scanners } from '@tidemark/shared/scan/start-scanners.js';

/** What `scan` reads into, for all files in turn; larger reads get memory of their own. */
let room: Uint8Array | null = null;

export interface FileSource extends ByteSource {
  readonly path: string;
  isOpen(): boolean;
  close(): Promise<void>;
}

/**
 * Opens nothing yet: a file that appears later is found then.
 *
 * `size` throws UnavailableError for what cannot be opened; a file that vanished after it was open keeps its last bytes.
 */
export function fileSource(path: string, name = basename(path)): FileSource {
  let handle: FileHandle | null = null;
  let opening: Promise<FileHandle> | null = null;
  let inode = '';

  const current = async (): Promise<FileHandle> => {
    const there = await stat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
      if (handle === null || (error.code !== 'ENOENT' && error.code !== 'ENOTDIR')) throw unavailable(path, error);
      return null;
    });
    if (there === null) return handle!;
    const now = `${there.dev}:${there.ino}`;
    if (handle !== null && now === inode) return handle;
    if (there.isDirectory()) throw unavailable(path, Object.assign(new Error(), { code: 'EISDIR' }));
    if (!there.isFile()) {
      throw new UnavailableError(
        `${path} is not a regular file.`,
        'tidemark reads files at any place in them; write a pipe or a device to a file first.',
      );
    }
    const opened = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
      throw unavailable(path, error);
    });
    const old = handle;
    handle = opened;
    inode = now;
    // Waits for reads that are under way.
    await old?.close();
    return opened;
  };
  const alone = (): Promise<FileHandle> => {
    opening ??= current().finally(() => {
      opening = null;
    });
    return opening;
  };

  return {
    path,
    name,
    scanners: scanners(),
    isOpen: () => handle !== null,
    async size() {
      return (await (await alone()).stat()).size;
    },
    async read(from, to) {
      const file = handle ?? (await alone());
      // A plain array over memory of its own, not wiped first: a Buffer's slice would share where an array's copies.
      const bytes = new Uint8Array(Buffer.allocUnsafeSlow(Math.max(0, to - from)).buffer);
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return filled === bytes.length ? bytes : bytes.subarray(0, filled);
    },
    async scan(from, to, use) {
      const file = handle ?? (await alone());
      const length = Math.max(0, to - from);
      room ??= makeRoom();
      const bytes = length <= room.length ? room : new Uint8Array(length);
      // Synchronous: from the page cache this takes less than the way through a thread and back, three times less for rows.
      let filled = 0;
      while (filled < length) {
        const got = readSync(file.fd, bytes, filled, length - filled, from + filled);
        if (got === 0) break;
        filled += got;
      }
      return use(bytes.subarray(0, filled));
    },
    async close() {
      const old = handle;
      handle = null;
      await old?.close();
    },
  };
}

/** The system's reason in words. */
export function unavailable(path: string, cause: NodeJS.ErrnoException): UnavailableError {
  const why =
    {
      ENOENT: 'there is no such file',
      ENOTDIR: 'there is no such file',
      EACCES: 'you may not read it',
      EPERM: 'you may not read it',
      EISDIR: 'it is a folder',
      EMFILE: 'too many files are open',
    }[cause.code ?? ''] ?? cause.message;
  return new UnavailableError(`${path}: ${why}.`, null, { cause });
}
