// Real pipes for the job's output. What Node calls a pipe is a socket, and a job that opens /dev/stdout or /dev/stderr (any shell script
// may) fails on a socket with ENXIO. A named pipe, unlinked as soon as both ends are open, is a pipe like any other.
import { spawnSync } from 'node:child_process';
import { constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface Pipe {
  /** Ours, non-blocking. */
  readonly readEnd: number;
  /** The job's, blocking; to be closed here once the job has it. */
  readonly writeEnd: number;
}

/**
 * Makes `count` pipes, in the first of `folders` that takes them: a container whose root is read-only has no other place than that of the recording.
 * Throws when there is no mkfifo or no folder for it.
 */
export function makePipes(count: number, folders: readonly string[]): Pipe[] {
  let trouble: unknown = null;
  for (const folder of folders) {
    try {
      return makePipesIn(folder, count);
    } catch (error) {
      trouble ??= error;
    }
  }
  throw trouble;
}

function makePipesIn(place: string, count: number): Pipe[] {
  const folder = mkdtempSync(join(place, 'tidemark-'));
  try {
    const paths = Array.from({ length: count }, (_, i) => join(folder, String(i)));
    const made = spawnSync('mkfifo', ['-m', '600', ...paths], { stdio: 'ignore' });
    if (made.status !== 0) throw made.error ?? new Error('mkfifo failed');
    return paths.map((path) => {
      // The reader first and without waiting: each end would wait for the other.
      const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      return { readEnd, writeEnd: openSync(path, constants.O_WRONLY) };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
