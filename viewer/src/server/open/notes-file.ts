// annotations.json beside a recording: written whole (by rename), merged when somebody else wrote it meanwhile.
import { constants, existsSync } from 'node:fs';
import { access, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UnavailableError } from '@tidemark/shared/errors.js';
import {
  annotationsText,
  mergeAnnotations,
  NO_ANNOTATIONS,
  parseAnnotations,
} from '@tidemark/shared/recording/annotations.js';
import type { Annotations } from '@tidemark/shared/recording/recording.js';
import type { NoteKeeper } from '@tidemark/shared/view/open-recording.js';
import { unavailable } from './file-source.js';

export async function notesFile(path: string): Promise<NoteKeeper> {
  let writing: Promise<unknown> = Promise.resolve();
  const writable = await isWritable(path);

  async function save(mine: Annotations, base: Annotations | null): Promise<void> {
    const notes = base === null ? mine : mergeAnnotations(base, mine, await read(path));
    const half = `${path}.${process.pid}.part`;
    try {
      const file = await open(half, 'w');
      try {
        await file.writeFile(annotationsText(notes));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(half, path);
    } catch (cause) {
      await rm(half, { force: true }).catch(() => undefined);
      throw new UnavailableError(
        `The notes could not be written to ${path}: ${reason(cause as NodeJS.ErrnoException)}.`,
        'They are kept in this page until it is closed.',
        { cause },
      );
    }
  }

  return {
    writable,
    read: () => read(path),
    write(mine, base) {
      const saved = writing.then(() => save(mine, base));
      writing = saved.catch(() => undefined);
      return saved;
    },
  };
}

async function read(path: string): Promise<Annotations> {
  try {
    return parseAnnotations(await readFile(path, 'utf8'), path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return NO_ANNOTATIONS;
    throw code === undefined ? error : unavailable(path, error as NodeJS.ErrnoException);
  }
}

/** A new file needs the folder, and renaming over an old one too. */
async function isWritable(path: string): Promise<boolean> {
  try {
    await access(dirname(path), constants.W_OK | constants.X_OK);
    if (existsSync(path)) await access(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const reason = ({ code, message }: NodeJS.ErrnoException): string =>
  ({
    EACCES: 'you may not write there',
    EPERM: 'you may not write there',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'your quota is used up',
    ENOENT: 'the folder is gone',
  })[code ?? ''] ?? message;
