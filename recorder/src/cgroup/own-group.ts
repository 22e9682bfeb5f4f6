// A cgroup of the job's own, with a limit: `run --memory-limit`. The job's process puts itself in before it becomes the job (`enter`), so that
// every byte of it counts there; the recorder stays outside.
//
// v2: a group with processes in it cannot hand the memory controller down, so ours is made beside the recorder's own group, below the nearest
// group above that does; in the root of v2, below it. v1: inside the recorder's own group. Where neither may be written, systemd makes a scope (scope.ts).
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { UnavailableError } from '@tidemark/shared/errors.js';
import { identify, isAlive } from '../job-tree/process-id.js';
import type { Roots } from '../samplers/sampler.js';
import { errorCode } from '../sampling/kernel-file.js';
import { enterCommands, liftLimit, type OwnGroup, tryToEnter } from './enter-group.js';
import { findGroup, type GroupPlace, rootGroup } from './find-group.js';
import { scopeGroup } from './scope.js';

/** A process that has just ended is in its group for a moment longer. */
const TRIES = 20;
const TRY_EVERY_MS = 50;

/** Makes a group that may hold `limitBytes`, swap none. Throws UnavailableError that says what is missing; nothing is left behind then. */
export async function makeOwnGroup(limitBytes: number, roots: Roots): Promise<OwnGroup> {
  const missing: string[] = [];
  const outer = findGroup(roots) ?? rootGroup(roots);
  if (outer === null) missing.push('no cgroup that counts memory is mounted');
  else {
    for (const parent of parentsFor(outer, missing)) {
      const made = makeBelow(parent, outer, limitBytes, roots);
      if (typeof made !== 'string') return made;
      missing.push(made);
    }
  }
  const scope = await scopeGroup(ourName(roots), limitBytes, roots);
  if (typeof scope !== 'string') return scope;
  missing.push(scope);
  throw new UnavailableError(
    `--memory-limit: no cgroup can be made here: ${missing.join('; ')}`,
    'It needs root, a delegated cgroup, or a systemd user session. The job was not started.',
  );
}

/** A name that tells whether its maker still runs. */
function ourName(roots: Roots): string {
  const self = identify(roots.cgroup === '' ? roots.proc : '/proc', process.pid);
  return `tidemark-${process.pid}-${self?.start ?? 0}`;
}

/** Where a child group may count memory, nearest first. */
function parentsFor(outer: GroupPlace, missing: string[]): readonly string[] {
  if (outer.version === 1) return outer.upwards;
  if (!handsDown(outer.folder) && mayHandDown(outer))
    writeIfAllowed(join(outer.folder, 'cgroup.subtree_control'), '+memory');
  const able = outer.upwards.filter(handsDown);
  if (able.length === 0) missing.push(`no group above ${outer.path} hands the memory controller down`);
  return able;
}

function makeBelow(parent: string, outer: GroupPlace, limitBytes: number, roots: Roots): OwnGroup | string {
  removeStale(parent, roots);
  const folder = join(parent, ourName(roots));
  try {
    mkdirSync(folder);
  } catch (error) {
    return `${folder}: ${errorCode(error)}`;
  }
  const enter = enterCommands(folder);
  try {
    if (outer.version === 1) {
      writeFileSync(join(folder, 'memory.limit_in_bytes'), String(limitBytes));
      // Memory and swap together: else the job would swap instead of meeting its limit.
      writeIfThere(join(folder, 'memory.memsw.limit_in_bytes'), String(limitBytes));
    } else {
      writeFileSync(join(folder, 'memory.max'), String(limitBytes));
      writeIfThere(join(folder, 'memory.swap.max'), '0');
    }
    const refused = tryToEnter(enter);
    if (refused !== null) throw new Error(`a process cannot enter it: ${refused}`);
  } catch (error) {
    removeFolder(folder);
    return `${folder}: ${errorCode(error) || (error instanceof Error ? error.message : String(error))}`;
  }
  return {
    place: {
      version: outer.version,
      path: join(pathOf(parent, outer), basename(folder)),
      folder,
      upwards: [folder, ...outer.upwards.slice(outer.upwards.indexOf(parent))],
    },
    enter,
    async remove() {
      for (let tries = 1; existsSync(folder); tries++) {
        if (removeFolder(folder)) break;
        const left = moveOut(folder, outer.folder);
        if (tries < TRIES) {
          await wait(TRY_EVERY_MS);
          continue;
        }
        liftLimit(folder);
        return `${folder} is still in use${left > 0 ? ` by ${left} processes` : ''}`;
      }
      return null;
    },
  };
}

function handsDown(folder: string): boolean {
  return /\bmemory\b/.test(textOf(join(folder, 'cgroup.subtree_control')));
}

/** The root, or the top of a delegated subtree with all its processes in groups below, may never have been asked to. */
function mayHandDown({ path, folder }: GroupPlace): boolean {
  return path === '/' || textOf(join(folder, 'cgroup.procs')) === '';
}

/** The path of one of the groups above `outer`, as /proc/PID/cgroup would say it. */
function pathOf(parent: string, outer: GroupPlace): string {
  let { path } = outer;
  for (let up = outer.upwards.indexOf(parent); up > 0; up--) path = dirname(path);
  return path;
}

/** What the job left behind, in groups that it made inside its own too, goes on where it would be without us. Returns how many are still there. */
function moveOut(from: string, to: string): number {
  const pids = [from, ...groupsBelow(from)].flatMap((folder) =>
    textOf(join(folder, 'cgroup.procs')).split('\n').filter(Boolean),
  );
  for (const pid of pids) {
    try {
      writeFileSync(join(to, 'cgroup.procs'), pid);
    } catch {
      // It has ended, or may not be moved: the next try tells.
    }
  }
  return pids.length;
}

/** Groups of recorders that were killed. One with a process in it cannot be removed and stays. */
function removeStale(parent: string, roots: Roots): void {
  try {
    for (const name of readdirSync(parent)) {
      const [, pid, start] = /^tidemark-(\d+)-(\d+)$/.exec(name) ?? [];
      if (
        pid !== undefined &&
        !isAlive(roots.cgroup === '' ? roots.proc : '/proc', { pid: Number(pid), start: Number(start) })
      )
        removeFolder(join(parent, name));
    }
  } catch {
    // Not to be listed: nothing of ours to find.
  }
}

/** With the groups that a job made inside it. One that has a process in it stays, and so do those above. */
function removeFolder(folder: string): boolean {
  try {
    for (const below of groupsBelow(folder)) rmdirSync(below);
    rmdirSync(folder);
    return true;
  } catch {
    return !existsSync(folder);
  }
}

/** Deepest first, as they can be removed. */
function groupsBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder, entry.name))
      .flatMap((below) => [...groupsBelow(below), below]);
  } catch {
    return [];
  }
}

function writeIfThere(path: string, text: string): void {
  if (existsSync(path)) writeFileSync(path, text);
}

function writeIfAllowed(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch {
    // What is missing is said by who looks whether it worked.
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
