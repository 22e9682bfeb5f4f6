// Whether a recorder still writes a recording: its lock names its process.
import { readFile, readlink, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The lock beside the samples in `csv`, as the recorder names it. */
export function lockOf(csv: string): string {
  return basename(csv) === 'memory.csv' ? join(dirname(csv), '.lock') : join(dirname(csv), `.${basename(csv)}.lock`);
}

/** Of a recorder in another container or machine nobody here knows whether it lives: it does when it wrote within this. As the recorder has it (docs/recording-format.md). */
const ELSEWHERE_MS = 30_000;

/**
 * True while the process that the lock names runs; a pid that was given to another process does not count. What runs in another container, or on another machine,
 * cannot be asked: it is believed while the samples are written.
 */
export async function recorderAlive(csv: string): Promise<boolean> {
  let pid: unknown;
  let start: unknown;
  let where: unknown;
  try {
    ({ pid, start, where } = JSON.parse(await readFile(lockOf(csv), 'utf8')) as Record<string, unknown>);
  } catch {
    return false;
  }
  if (typeof where === 'string' && where !== '' && where !== (await whereWeAre())) {
    const written = await stat(csv).catch(() => null);
    return written !== null && Date.now() - written.mtimeMs <= ELSEWHERE_MS;
  }
  if (typeof pid !== 'number' || !Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (typeof start !== 'number' || start === 0) return true;
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    // Field 3 is the state, 22 the start; the name in field 2 may hold spaces and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // Killed, and nobody has asked how it ended: in a container without an init perhaps nobody ever will.
    if (fields[0] === 'Z' || fields[0] === 'X') return false;
    return Number(fields[19]) === start;
  } catch {
    return true;
  }
}

/** Where a pid means anything: this boot of this machine, this pid namespace. Empty where the system does not tell. */
async function whereWeAre(): Promise<string> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'latin1')).trim();
    return `${boot} ${await readlink('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}
