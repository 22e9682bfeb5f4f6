// A cgroup made by systemd, for who may not make one: `systemd-run --scope`. A process of ours holds the scope open; the job enters it by its
// own write, which the session's owner may do. The scope goes away with the last process in it.
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { limitOf } from '../samplers/container.js';
import type { Roots } from '../samplers/sampler.js';
import { enterCommands, type OwnGroup } from './enter-group.js';
import { findGroup } from './find-group.js';

/** A text says why there is none. */
export async function scopeGroup(
  limitBytes: number,
  roots: Roots,
  command = 'systemd-run',
): Promise<OwnGroup | string> {
  const asUser = process.getuid?.() === 0 ? [] : ['--user'];
  const limits = ['-p', `MemoryMax=${limitBytes}`, '-p', 'MemorySwapMax=0'];
  // `cat` on our pipe: it ends with us, however we end. Detached, so that Ctrl-C does not end it before the job.
  const holder = spawn(
    command,
    ['--scope', '--quiet', '--no-ask-password', ...asUser, ...limits, '--', '/bin/sh', '-c', 'echo $$; exec cat'],
    { stdio: ['pipe', 'pipe', 'pipe'], detached: true },
  );
  holder.stdin.on('error', () => {});
  let complaint = '';
  holder.stderr.setEncoding('utf8').on('data', (part: string) => {
    complaint += part;
  });
  const pid = await new Promise<number | null>((resolve) => {
    holder.once('error', (error) => {
      complaint = error.message;
      resolve(null);
    });
    holder.once('close', () => resolve(null));
    firstLine(holder.stdout, (line) => resolve(Number(line)));
  });
  if (pid === null) return `${command}: ${complaint.trim() || 'it ended without a word'}`;
  const release = (): void => {
    holder.stdin.end();
    holder.unref();
  };
  const place = findGroup(roots, pid);
  const limit = place === null ? null : limitOf(place);
  if (place === null || limit === null || limit > limitBytes) {
    release();
    // systemd takes the property all the same where the memory controller was not handed down to the user.
    return `${command}: the scope counts no memory`;
  }
  return {
    place,
    enter: enterCommands(place.folder),
    async remove() {
      release();
      return null;
    },
  };
}

function firstLine(from: Readable, then: (line: string) => void): void {
  let text = '';
  from.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    if (text.includes('\n')) then(text.slice(0, text.indexOf('\n')));
  });
}
