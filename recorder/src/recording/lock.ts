// One recorder at a time writes a recording. The lock names its process; one whose process is gone is no lock.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { UnavailableError } from '@tidemark/shared/errors.js';
import { identify, isAlive, type ProcessId } from '../job-tree/process-id.js';
import { errorCode } from '../sampling/kernel-file.js';

/** Takes the lock. Throws UnavailableError when a live recorder holds it. Returns how to give it back. */
export function takeLock(path: string, shown: string): () => void {
  const me: ProcessId = identify('/proc', process.pid) ?? { pid: process.pid, start: 0 };
  const text = `${JSON.stringify(me)}\n`;
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, text, { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (errorCode(error) !== 'EEXIST' || attempt > 0) {
        throw new UnavailableError(`${path}: cannot write there: ${errorCode(error) || String(error)}`, null, {
          cause: error,
        });
      }
    }
    refuseHeld(path, shown);
    rmSync(path, { force: true });
  }
}

/** Throws UnavailableError when a live recorder holds the lock. */
export function refuseHeld(path: string, shown: string): void {
  const holder = lockHolder(path);
  if (holder === null) return;
  throw new UnavailableError(
    `${shown}: another tidemark (pid ${holder.pid}) is recording there`,
    'Choose another place with -o, or stop that one first.',
  );
}

/** The live recorder that holds this lock, or null. */
export function lockHolder(path: string): ProcessId | null {
  let holder: unknown;
  try {
    holder = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
  if (typeof holder !== 'object' || holder === null || !('pid' in holder) || !('start' in holder)) return null;
  if (typeof holder.pid !== 'number' || typeof holder.start !== 'number') return null;
  const id: ProcessId = { pid: holder.pid, start: holder.start };
  return (id.start > 0 ? isAlive('/proc', id) : isRunning(id.pid)) ? id : null;
}

/** Without /proc there is no start time to compare: the pid alone has to do. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
