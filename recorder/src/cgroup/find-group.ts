// Which cgroup counts a process's memory, and where its files stand: v1, v2, or both mounted (hybrid), inside a container or not.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Roots } from '../samplers/sampler.js';

export interface GroupPlace {
  readonly version: 1 | 2;
  /** As /proc/PID/cgroup says it: relative to the hierarchy's root, as far as we can see it. */
  readonly path: string;
  /** The folder with its files. */
  readonly folder: string;
  /** The group's folder and those above it up to the mount point, nearest first: any of them may limit it. */
  readonly upwards: readonly string[];
}

interface Mount {
  readonly version: 1 | 2;
  /** Which part of the hierarchy is mounted there: "/" or, in a container, often the container's own group. */
  readonly root: string;
  readonly point: string;
}

/**
 * The group of a process ("self" or a pid), or null where nothing counts its memory. Our own may be hidden from us behind the mount of our
 * container, which then is its top; another process's that is not to be seen is null: it may be another container's.
 */
export function findGroup(roots: Roots, pid: number | 'self' = 'self'): GroupPlace | null {
  let mounts: Mount[];
  let memberships: string;
  try {
    mounts = readMounts(readFileSync(`${roots.proc}/self/mountinfo`, 'utf8'));
    memberships = readFileSync(`${roots.proc}/${pid}/cgroup`, 'utf8');
  } catch {
    return null;
  }
  const paths = readMemberships(memberships);
  // Hybrid: the memory controller is in one hierarchy only, and where v1 has it v2 has not.
  for (const version of [1, 2] as const) {
    const mount = mounts.find((m) => m.version === version);
    const path = paths[version];
    if (mount === undefined || path === null) continue;
    const place = pid === 'self' || isSeen(roots, mount, path) ? locate(roots, mount, path) : null;
    if (place !== null) return place;
  }
  return null;
}

/**
 * The root of v2 when we run in it, as on machines without an init that makes groups (WSL, small virtual machines): it counts nothing itself, so
 * `findGroup` finds none, but groups below it can. Null where we are not in it, or no memory controller is there.
 */
export function rootGroup(roots: Roots): GroupPlace | null {
  try {
    const mount = readMounts(readFileSync(`${roots.proc}/self/mountinfo`, 'utf8')).find(({ version }) => version === 2);
    const path = readMemberships(readFileSync(`${roots.proc}/self/cgroup`, 'utf8'))[2];
    if (mount === undefined || mount.root !== '/' || path !== '/') return null;
    const folder = roots.cgroup + mount.point;
    // The true root has no type; that of a container has one.
    if (existsSync(join(folder, 'cgroup.type'))) return null;
    const controllers = readFileSync(join(folder, 'cgroup.controllers'), 'latin1').split(/\s+/);
    return controllers.includes('memory') ? { version: 2, path, folder, upwards: [folder] } : null;
  } catch {
    return null;
  }
}

/** The group whose files are in `folder` (`--cgroup PATH`), or null when it counts no memory. */
export function groupAt(folder: string, mountPoint: string | null = null): GroupPlace | null {
  const version = existsSync(join(folder, 'memory.current'))
    ? 2
    : existsSync(join(folder, 'memory.usage_in_bytes'))
      ? 1
      : null;
  if (version === null) return null;
  const upwards: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    // Above the mount point there are no such files: v2's root has cgroup.procs, v1's has its limit.
    if (!existsSync(join(at, 'cgroup.procs'))) break;
    upwards.push(at);
    if (at === mountPoint || at === dirname(at)) break;
  }
  const top = mountPoint ?? upwards.at(-1) ?? folder;
  return { version, path: folder.slice(top.length) || '/', folder, upwards };
}

/** Where hierarchies that may count memory are mounted, v1 first. */
export function mountPoints(roots: Roots): string[] {
  try {
    return readMounts(readFileSync(`${roots.proc}/self/mountinfo`, 'utf8'))
      .toSorted((a, b) => a.version - b.version)
      .map((mount) => roots.cgroup + mount.point);
  } catch {
    return [];
  }
}

/** False for a group outside of what is mounted here: another container's, seen through a shared process namespace. */
function isSeen(roots: Roots, mount: Mount, path: string): boolean {
  const inside = insideOf(mount, path);
  return inside !== null && !inside.split('/').includes('..') && existsSync(join(roots.cgroup + mount.point, inside));
}

/** The path below the mount, which may show only a part of the hierarchy; null when it lies elsewhere. */
function insideOf({ root }: Mount, path: string): string | null {
  if (root === '/') return path;
  return `${path}/`.startsWith(`${root}/`) ? path.slice(root.length) : null;
}

function locate(roots: Roots, mount: Mount, path: string): GroupPlace | null {
  const point = roots.cgroup + mount.point;
  // A path with "..", or outside of what is mounted, lies where we cannot see.
  const inside = insideOf(mount, path) ?? path;
  const steps = inside.split('/').filter((step) => step !== '' && step !== '.');
  if (steps.includes('..')) steps.length = 0;
  // The nearest group that counts memory: a leaf of v2 may have no memory controller, and a container may not see its own path.
  for (; ; steps.pop()) {
    const place = groupAt(join(point, ...steps), point);
    if (place !== null && place.version === mount.version) {
      return { ...place, path: steps.length === 0 && inside !== '/' ? path : `/${steps.join('/')}` };
    }
    if (steps.length === 0) return null;
  }
}

/** The memory cgroup's path in each hierarchy, from /proc/PID/cgroup ("4:memory:/a", "0::/a"). */
export function readMemberships(text: string): Record<1 | 2, string | null> {
  const paths: Record<1 | 2, string | null> = { 1: null, 2: null };
  for (const line of text.split('\n')) {
    const match = /^(\d+):([^:]*):(.*)$/.exec(line);
    if (match === null) continue;
    const [, id, controllers = '', path = ''] = match;
    if (id === '0' && controllers === '') paths[2] = path;
    else if (controllers.split(',').includes('memory')) paths[1] = path;
  }
  return paths;
}

/** The mounted hierarchies that may count memory, from /proc/self/mountinfo. */
export function readMounts(text: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split('\n')) {
    const [before = '', after] = line.split(' - ');
    if (after === undefined) continue;
    const [, , , root = '/', point = ''] = before.split(' ');
    const [type, , options = ''] = after.split(' ');
    const version = type === 'cgroup2' ? 2 : type === 'cgroup' && options.split(',').includes('memory') ? 1 : null;
    if (version !== null) mounts.push({ version, root: unescaped(root), point: unescaped(point) });
  }
  return mounts;
}

/** mountinfo writes blanks and backslashes as three octal digits. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
