// How many files we may have open (RLIMIT_NOFILE), and how many of them may be kept open for the processes of a tree, which has thousands.
import { readFileSync } from 'node:fs';

/** Descriptors that are left to all else that is opened. */
const LEFT = 64;
let kept = 0;
let most = Number.NaN;

/** Whether one more descriptor of a process may be kept open; it counts from then on, until `gaveOne`. */
export function mayKeepOne(): boolean {
  if (Number.isNaN(most)) most = keptAtMost(ownLimit());
  if (kept >= most) return false;
  kept++;
  return true;
}

export function gaveOne(): void {
  kept--;
}

/** `limit`: of open files; Infinity for none. */
export function keptAtMost(limit: number): number {
  return Math.max(limit - LEFT, Math.floor(limit / 4));
}

/** The soft and the hard limit in the text of /proc/PID/limits, as the kernel says them: "1024", "unlimited". */
export function openFilesOf(limits: string): readonly (string | undefined)[] {
  return /^Max open files\s+(\S+)\s+(\S+)/m.exec(limits)?.slice(1) ?? [];
}

export function asNumber(limit: string | undefined): number {
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit);
}

/** Node has raised it to the hard one. */
function ownLimit(): number {
  try {
    const [soft = 'unlimited'] = openFilesOf(readFileSync('/proc/self/limits', 'latin1'));
    return asNumber(soft);
  } catch {
    // No /proc: no tree that is followed in it.
    return Number.POSITIVE_INFINITY;
  }
}
