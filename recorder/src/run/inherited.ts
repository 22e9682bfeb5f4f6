// What the job would have inherited without us, and what Node changes on the way: an ignored HUP is no longer ignored, the soft limit of
// open files is raised to the hard one, and low descriptors are closed for children. A job under `nohup` or `make -j` would notice.
//
// Node has done its changes before any of our code runs. What was before is told by our parent and by the shell's traces, not always: INT and
// QUIT, which a shell ignores for what a script starts with `&`, come back to their defaults unseen.
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { asNumber, openFilesOf } from '../sampling/open-files.js';

export type InheritableSignal = 'HUP' | 'INT' | 'QUIT' | 'USR1' | 'USR2' | 'TERM';

export interface Inherited {
  /** Without "SIG". */
  readonly ignored: readonly InheritableSignal[];
  /** The soft limit of open files to set again; null when it was not changed or is not known. */
  readonly openFiles: string | null;
  /** Descriptors above 2 that were given to us for the job. */
  readonly descriptors: readonly number[];
}

/** To be asked before we open any descriptor. Where there is no /proc nothing is known. */
export function inherited(proc = '/proc', env = process.env, self = process.pid, parent = process.ppid): Inherited {
  return {
    ignored: hangupIgnored(env, text(`${proc}/${parent}/status`)) ? ['HUP'] : [],
    openFiles: changedLimit(text(`${proc}/${self}/limits`), text(`${proc}/${parent}/limits`)),
    descriptors: givenDescriptors(links(`${proc}/${self}/fd`)),
  };
}

/**
 * bash and zsh leave the path of what they start in `_`, and nohup hands it on. A script that says `trap '' HUP` ignores it itself.
 * Other signals that a parent ignores tell nothing: an interactive shell ignores TERM and resets it for its children.
 */
export function hangupIgnored(env: NodeJS.ProcessEnv, parentStatus: string): boolean {
  if (basename(env._ ?? '') === 'nohup') return true;
  // A mask in hexadecimal with signal 1, HUP, at bit 0.
  const mask = /^SigIgn:\s*[0-9a-f]*([0-9a-f])$/m.exec(parentStatus)?.[1];
  return mask !== undefined && Number.parseInt(mask, 16) % 2 === 1;
}

/**
 * The parent's soft limit when ours is higher: Node has raised it. Not where the hard limits differ: who started us (systemd's `LimitNOFILE=`, a
 * script with `ulimit -n` and `exec`) has set ours, and the parent's tells nothing.
 */
export function changedLimit(own: string, parents: string): string | null {
  const [ownSoft, ownHard] = openFilesOf(own);
  const [before, parentsHard] = openFilesOf(parents);
  if (before === undefined || ownHard !== parentsHard) return null;
  return asNumber(before) < asNumber(ownSoft) ? before : null;
}

export interface OpenDescriptor {
  /** "/tmp/input", "pipe:[10]", "anon_inode:[eventpoll]". */
  readonly what: string;
  readonly writable: boolean;
}

/** All but Node's own: those are anonymous, or pipes of which it holds both ends. */
export function givenDescriptors(open: ReadonlyMap<number, OpenDescriptor>): number[] {
  const held = (what: string, writable: boolean): boolean =>
    [...open.values()].some((one) => one.what === what && one.writable === writable);
  return [...open]
    .filter(([fd, { what }]) => fd > 2 && !what.startsWith('anon_inode:') && what !== '/dev/null')
    .filter(([, { what, writable }]) => !what.startsWith('pipe:') || !held(what, !writable))
    .map(([fd]) => fd)
    .toSorted((a, b) => a - b);
}

function links(folder: string): Map<number, OpenDescriptor> {
  const found = new Map<number, OpenDescriptor>();
  try {
    for (const name of readdirSync(folder)) {
      try {
        const path = `${folder}/${name}`;
        const what = readlinkSync(path);
        // The descriptor that lists the folder is in the list. The link's own mode says how the descriptor was opened.
        if (!/\/proc\/(self|\d+)\/fd$/.test(what))
          found.set(Number(name), { what, writable: (lstatSync(path).mode & 0o200) !== 0 });
      } catch {
        // Closed since.
      }
    }
  } catch {
    // Not Linux.
  }
  return found;
}

function text(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
