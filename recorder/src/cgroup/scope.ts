// A cgroup made by systemd, for who may not make one: `systemd-run --scope`. A process of ours holds the scope open until the job has ended; the
// scope goes away with the last process in it.
//
// Entering: by a write of the job's own where that is allowed. It is not for a user who logged in by ssh or on a console: that session's group
// and the user manager's meet in one that belongs to root. There the manager moves the process when it is asked to (systemd 238 and later).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { shellQuoted } from '../run/shell-words.js';
import { limitOf } from '../samplers/container.js';
import type { Roots } from '../samplers/sampler.js';
import { enterCommands, liftLimit, type OwnGroup, orNotStart, tryToEnter } from './enter-group.js';
import { findGroup } from './find-group.js';

/** systemd takes an empty scope away a moment after its last process. */
const TRIES = 20;
const TRY_EVERY_MS = 50;

/** `name` is the scope's, without ".scope". A text says why there is none. */
export async function scopeGroup(
  name: string,
  limitBytes: number,
  roots: Roots,
  command = 'systemd-run',
): Promise<OwnGroup | string> {
  const asUser = process.getuid?.() === 0 ? [] : ['--user'];
  const properties = [
    `MemoryMax=${limitBytes}`,
    'MemorySwapMax=0',
    // Else systemd 253 and later end the whole scope when the kernel has killed one process in it (OOMPolicy=stop).
    'Delegate=yes',
  ];
  // `cat` on our pipe: it ends with us, however we end. Detached, so that Ctrl-C does not end it before the job.
  const holder = spawn(
    command,
    [
      ...['--scope', '--quiet', '--no-ask-password', '--collect', `--unit=${name}.scope`, ...asUser],
      ...properties.flatMap((property) => ['-p', property]),
      ...['--', '/bin/sh', '-c', 'echo $$; exec cat'],
    ],
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
  if (place === null || basename(place.folder) !== `${name}.scope` || limit === null || limit > limitBytes) {
    release();
    // systemd takes the property all the same where the memory controller was not handed down to the user.
    return `${command}: the scope counts no memory`;
  }
  const ways = [enterCommands(place.folder), attachCommands(`${name}.scope`, asUser)];
  const refusals: string[] = [];
  const enter = ways.find((way) => {
    const refusal = tryToEnter(way);
    if (refusal !== null) refusals.push(refusal);
    return refusal === null;
  });
  if (enter === undefined) {
    release();
    return `${command}: a process cannot enter the scope: ${refusals.join('; ')}`;
  }
  return {
    place,
    enter,
    async remove() {
      release();
      for (let tries = 1; existsSync(place.folder) && tries <= TRIES; tries++) await wait(TRY_EVERY_MS);
      // What the job left behind stays in the scope, and goes on without the limit.
      liftLimit(place.folder);
      return null;
    },
  };
}

/** The manager puts the shell into the scope; it answers when that is done. */
function attachCommands(unit: string, asUser: readonly string[]): string {
  const manager = 'org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager';
  const call = `busctl ${asUser.join(' ')} --quiet call ${manager} AttachProcessesToUnit ssau`;
  return orNotStart(`${call} ${shellQuoted(unit)} '' 1 $$`);
}

function firstLine(from: Readable, then: (line: string) => void): void {
  let text = '';
  from.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    if (text.includes('\n')) then(text.slice(0, text.indexOf('\n')));
  });
}
