// One process writes an index; another one that finds it in use makes one for itself alone.
import { rmSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';

export interface IndexLock {
  /** False when a living process holds it. */
  take(place: string): Promise<boolean>;
  release(): void;
}

export function indexLock(): IndexLock {
  let held: string | null = null;
  const release = (): void => {
    process.removeListener('exit', release);
    if (held !== null) rmSync(held, { force: true });
    held = null;
  };
  return {
    async take(place) {
      const path = `${place}.lock`;
      if (held === path) return true;
      for (let tries = 0; tries < 2; tries++) {
        const file = await open(path, 'wx').catch(() => null);
        if (file !== null) {
          await file.writeFile(String(process.pid));
          await file.close();
          held = path;
          process.once('exit', release);
          return true;
        }
        const owner = Number(await readFile(path, 'utf8').catch(() => '0'));
        if (owner === 0 || alive(owner)) return false;
        await rm(path, { force: true });
      }
      return false;
    },
    release,
  };
}

function alive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
