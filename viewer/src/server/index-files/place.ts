// Where the index of a file goes: beside it, or where that folder cannot be written in the user's cache folder, or else in the
// folder for temporary files.
import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';

export async function placeFor(path: string, cache = cacheFolder()): Promise<string> {
  const folder = dirname(path);
  if (await may(folder)) return join(folder, `.${basename(path)}.tidemark-index`);
  // The path tells apart files of one name; whether it is the right file is asked of the file itself.
  return join(await roomFolder(cache), `${crc32(path).toString(16)}-${basename(path)}.tidemark-index`);
}

/** Where a large file that is needed for a while may go. */
export async function roomFolder(cache = cacheFolder()): Promise<string> {
  await mkdir(cache, { recursive: true, mode: 0o700 }).catch(() => undefined);
  return (await may(cache)) ? cache : tmpdir();
}

/** $XDG_CACHE_HOME/tidemark, by default ~/.cache/tidemark. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME } = process.env;
  return join(XDG_CACHE_HOME ? XDG_CACHE_HOME : join(homedir(), '.cache'), 'tidemark');
}

const may = (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
