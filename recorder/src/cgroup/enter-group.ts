// A group that was made for a job, and how the job's process gets into it.
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

export function enterCommands(folder: string): string {
  return `echo $$ >${shellQuoted(join(folder, 'cgroup.procs'))} || { echo 'tidemark: the job cannot enter its cgroup' >&2; exit 126; }; `;
}
