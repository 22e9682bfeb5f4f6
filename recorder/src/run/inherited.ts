// What the job would have inherited without us, and what Node changes on the way: ignored signals are reset for children, the soft limit of
// open files is raised to the hard one, and low descriptors are closed. A job under `nohup` or `make -j` would notice.
import { readFileSync, readlinkSync } from 'node:fs';

/** Signals that can be ignored by whoever starts us, and that Node then resets for the job. */
const INHERITABLE = { HUP: 1, INT: 2, QUIT: 3, USR1: 10, USR2: 12, TERM: 15 } as const;
export type InheritableSignal = keyof typeof INHERITABLE;

export interface Inherited {
  /** Without "SIG". */
  readonly ignored: readonly InheritableSignal[];
  /** The soft limit of open files to set again; null when it was not changed or is not known. */
  readonly openFiles: string | null;
  /** Descriptors above 2 that were given to us for the job. */
  readonly descriptors: readonly number[];
}

/** Read once, before descriptors are opened and handlers set. Where there is no /proc nothing is known. */
export function inherited(proc = '/proc', self = process.pid, parent = process.ppid): Inherited {
  return {
    ignored: ignoredSignals(text(`${proc}/${self}/status`)),
    openFiles: changedLimit(text(`${proc}/${self}/limits`), text(`${proc}/${parent}/limits`)),
    descriptors: Array.from({ length: 61 }, (_, i) => i + 3).filter((fd) => {
      // Node's own are none of our parent's; those that the parent gave us it has itself, under the same number.
      const ours = link(`${proc}/${self}/fd/${fd}`);
      return (
        ours !== null &&
        !ours.startsWith('anon_inode:') &&
        ours !== '/dev/null' &&
        ours === link(`${proc}/${parent}/fd/${fd}`)
      );
    }),
  };
}

/** From SigIgn in /proc/PID/status, a mask in hexadecimal with signal 1 at bit 0. */
export function ignoredSignals(status: string): InheritableSignal[] {
  const mask = /^SigIgn:\s*([0-9a-f]+)/m.exec(status)?.[1];
  if (mask === undefined) return [];
  const bits = BigInt(`0x${mask}`);
  return (Object.keys(INHERITABLE) as InheritableSignal[]).filter(
    (name) => (bits >> BigInt(INHERITABLE[name] - 1)) & 1n,
  );
}

/** The parent's soft limit when ours is another one: Node has raised it. */
export function changedLimit(own: string, parents: string): string | null {
  const soft = (limits: string): string | undefined => /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  const before = soft(parents);
  return before === undefined || before === soft(own) ? null : before;
}

function text(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function link(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
