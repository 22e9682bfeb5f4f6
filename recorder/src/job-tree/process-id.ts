// Which process it is: a pid is given to another when its owner has ended, so a process is its pid and its start time.
import { KernelFile, scratch } from '../sampling/kernel-file.js';
import { readStat } from './process-files.js';

export interface ProcessId {
  readonly pid: number;
  /** Clock ticks since boot (field 22 of /proc/PID/stat). */
  readonly start: number;
}

/** The identity of a running process, or null when there is none with this pid (a zombie is none). */
export function identify(proc: string, pid: number): ProcessId | null {
  const found = startOf(proc, pid);
  return found === null ? null : { pid, start: found.start };
}

/** When a running process started and who started it; null when there is none with this pid. */
export function startOf(proc: string, pid: number): { start: number; parent: number } | null {
  const file = new KernelFile(`${proc}/${pid}/stat`);
  try {
    const stat = readStat(scratch, file.read());
    return stat === null || stat.state === 'Z' || stat.state === 'X' ? null : stat;
  } catch {
    return null;
  } finally {
    file.close();
  }
}

/** True while that very process runs. */
export function isAlive(proc: string, process: ProcessId): boolean {
  return identify(proc, process.pid)?.start === process.start;
}
