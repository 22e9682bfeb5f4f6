// All processes of the machine, for kernels that do not list children. Costs some ten microseconds a process: see the rate where it is called.
import { readdirSync } from 'node:fs';
import { KernelFile, scratch } from '../sampling/kernel-file.js';
import { readStat } from './process-files.js';

/** Parent by pid, of every process but those that are `known`. */
export function parentsOfAll(proc: string, known: (pid: number) => boolean): Map<number, number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync(proc)) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || known(pid)) continue;
    const file = new KernelFile(`${proc}/${pid}/stat`);
    try {
      const stat = readStat(scratch, file.read());
      if (stat !== null) parents.set(pid, stat.parent);
    } catch {
      // Ended since the list was made.
    } finally {
      file.close();
    }
  }
  return parents;
}
