// Whether a recorder still writes a recording: its lock names its process.
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The lock beside the samples in `csv`, as the recorder names it. */
export function lockOf(csv: string): string {
  return basename(csv) === 'memory.csv' ? join(dirname(csv), '.lock') : join(dirname(csv), `.${basename(csv)}.lock`);
}

/** True while the process that the lock names runs on this machine; a pid that was given to another process does not count. */
export async function recorderAlive(csv: string): Promise<boolean> {
  let pid: unknown;
  let start: unknown;
  try {
    ({ pid, start } = JSON.parse(await readFile(lockOf(csv), 'utf8')) as { pid: unknown; start: unknown });
  } catch {
    return false;
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
    // Field 22 is the start; the name in field 2 may hold spaces and brackets.
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[19]) === start;
  } catch {
    return true;
  }
}
