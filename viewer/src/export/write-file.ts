// A file that is there whole or not at all: written beside its place and renamed into it.
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UnavailableError } from '@tidemark/shared/errors.js';

/** Replaces what is at `path`. Throws UnavailableError with the reason when it cannot be written. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  if ((await stat(path).catch(() => null))?.isDirectory()) throw unwritable(path, 'it is a folder');
  const draft = `${path}.${process.pid}.part`;
  try {
    await writeFile(draft, bytes);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => {});
    throw cannotWrite(path, cause);
  }
}

/** The error of a write, in words. */
export function cannotWrite(path: string, cause: unknown): UnavailableError {
  const { code } = cause as NodeJS.ErrnoException;
  return unwritable(path, REASONS[code ?? '']?.(path) ?? String(cause), cause);
}

const REASONS: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `there is no folder ${dirname(path)}`,
  ENOTDIR: (path) => `${dirname(path)} is not a folder`,
  EISDIR: () => 'it is a folder',
  EACCES: () => 'permission denied',
  EPERM: () => 'not permitted',
  EROFS: () => 'the file system is read-only',
  ENOSPC: () => 'the disk is full',
};

const unwritable = (path: string, why: string, cause?: unknown): UnavailableError =>
  new UnavailableError(`${path}: cannot write: ${why}`, null, { cause });
