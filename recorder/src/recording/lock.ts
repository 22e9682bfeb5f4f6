// One recorder at a time writes a recording. The lock names its process; one whose process is gone is no lock.
import { existsSync, linkSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { UnavailableError } from '@tidemark/shared/errors.js';
import { identify, isAlive, type ProcessId } from '../job-tree/process-id.js';
import { errorCode } from '../sampling/kernel-file.js';
import { takeAway } from './take-away.js';
import { inWords } from './trouble.js';

/** Of a recorder in another container or machine nobody here knows whether it lives: it does when it wrote within this. */
const ELSEWHERE_MS = 30_000;

interface Lock extends ProcessId {
  /** Where a pid means anything: this boot of this machine, this pid namespace. Empty where the system does not tell. */
  readonly where: string;
}

/**
 * Takes the lock. Throws UnavailableError when a live recorder holds it. Returns how to give it back. `samples` is the file that
 * the holder would write.
 */
export function takeLock(path: string, shown: string, samples: string): () => void {
  const me: Lock = { ...(identify('/proc', process.pid) ?? { pid: process.pid, start: 0 }), where: whereWeAre() };
  const text = `${JSON.stringify({ pid: me.pid, start: me.start, where: me.where })}\n`;
  // Written whole under a name of its own first: a lock is never seen empty.
  const mine = `${path}.${process.pid}`;
  try {
    writeFileSync(mine, text);
    for (let attempt = 0; attempt < 3; attempt++) {
      if (linked(mine, path, text)) {
        return () => {
          if (readOrNull(path) === text) takeAway(path);
        };
      }
      refuseHeld(path, shown, samples);
      removeStale(path, readOrNull(path), `${mine}.stale`);
    }
  } catch (error) {
    if (error instanceof UnavailableError) throw error;
    throw new UnavailableError(`${path}: cannot write there: ${inWords(errorCode(error) || String(error))}`, null, {
      cause: error,
    });
  } finally {
    takeAway(mine);
  }
  throw new UnavailableError(`${shown}: others are taking it at this moment`, 'Choose another place with -o.');
}

/** False when there is a lock. */
function linked(mine: string, path: string, text: string): boolean {
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
  }
  // A file system without hard links.
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Of two that find the same stale lock only one moves it away; one that has moved the other's fresh lock puts it back. */
function removeStale(path: string, stale: string | null, aside: string): void {
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  try {
    // A link never takes the place of a lock that somebody else has made since.
    if (readOrNull(aside) !== stale) linkSync(aside, path);
  } catch (error) {
    // EEXIST: there is one again. Otherwise a file system without hard links.
    if (errorCode(error) !== 'EEXIST' && !existsSync(path)) {
      renameSync(aside, path);
      return;
    }
  }
  rmSync(aside, { force: true });
}

/** Throws UnavailableError when a live recorder holds the lock. */
export function refuseHeld(path: string, shown: string, samples: string): void {
  const lock = readLock(path);
  if (lock === null || !lives(lock, samples)) return;
  if (isElsewhere(lock)) {
    const agoMs = Math.max(0, Date.now() - modifiedMs(samples));
    throw new UnavailableError(
      `${shown}: a tidemark in another container or on another machine wrote there ${Math.round(agoMs / 1000)} s ago`,
      `Stop that one first, or try again when it has been silent for ${ELSEWHERE_MS / 1000} s.`,
    );
  }
  throw new UnavailableError(
    `${shown}: another tidemark (pid ${lock.pid}) is recording there`,
    'Choose another place with -o, or stop that one first.',
  );
}

/** Whether a live recorder holds this lock, here or elsewhere. `samples` is the file that it would write. */
export function isHeld(path: string, samples: string): boolean {
  const lock = readLock(path);
  return lock !== null && lives(lock, samples);
}

function readLock(path: string): Lock | null {
  let held: unknown;
  try {
    held = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
  if (typeof held !== 'object' || held === null || !('pid' in held) || !('start' in held)) return null;
  if (typeof held.pid !== 'number' || typeof held.start !== 'number') return null;
  const where = 'where' in held && typeof held.where === 'string' ? held.where : '';
  return { pid: held.pid, start: held.start, where };
}

const isElsewhere = ({ where }: Lock): boolean => where !== '' && where !== whereWeAre();

function lives(lock: Lock, samples: string): boolean {
  if (isElsewhere(lock)) return Date.now() - modifiedMs(samples) <= ELSEWHERE_MS;
  return lock.start > 0 ? isAlive('/proc', lock) : isRunning(lock.pid);
}

function whereWeAre(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function modifiedMs(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
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
