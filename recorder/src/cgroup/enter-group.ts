// A group that was made for a job, and how the job's process gets into it.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shellQuoted } from '../run/shell-words.js';
import type { GroupPlace } from './find-group.js';

export interface OwnGroup {
  readonly place: GroupPlace;
  /** Shell commands by which the shell enters the group, or ends with 126 without starting anything. */
  readonly enter: string;
  /** Takes the group away once the job has ended. Resolves to what is left of it, in words; null when nothing is. */
  remove(): Promise<string | null>;
}

/** By the shell's own write: whoever may write both there and in the nearest group above both. */
export function enterCommands(folder: string): string {
  return orNotStart(`echo $$ >${shellQuoted(join(folder, 'cgroup.procs'))}`);
}

export function orNotStart(command: string): string {
  return `${command} || { echo 'tidemark: the job cannot enter its cgroup' >&2; exit 126; }; `;
}

/** A shell that enters and ends. Null when it could; else what it said. */
export function tryToEnter(enter: string): string | null {
  const { status, stderr, error } = spawnSync('/bin/sh', ['-c', enter], { encoding: 'utf8' });
  return status === 0 ? null : (error?.message ?? stderr.trim().split('\n')[0] ?? '');
}

/** For processes that the job left in a group of v2 which they cannot leave. */
export function liftLimit(folder: string): void {
  for (const name of ['memory.max', 'memory.swap.max']) {
    try {
      writeFileSync(join(folder, name), 'max', { flag: 'r+' });
    } catch {
      // The group has gone, or is not v2's.
    }
  }
}
