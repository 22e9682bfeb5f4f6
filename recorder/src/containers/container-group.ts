// From a container's id to its cgroup. Each runtime has a way of its own to name the folder (docker/ID, docker-ID.scope, libpod-ID,
// kubepods/.../ID), and all of them have the id in it: the folders are looked through for it, nearest to the top first, so that groups
// which the container makes inside its own are not taken for it.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type GroupPlace, groupAt, mountPoints } from '../cgroup/find-group.js';
import type { Roots } from '../samplers/sampler.js';

/** More groups than any machine has: then something is wrong with the tree. */
const MOST_FOLDERS = 50_000;
/** Podman and CRI-O keep their own monitor in a group that has the id as well. */
const MONITOR = /conmon/;

/** Null when no hierarchy that counts memory shows a group of this container. */
export function containerGroup(roots: Roots, id: string): GroupPlace | null {
  for (const point of mountPoints(roots)) {
    let level = [point];
    for (let looked = 0; level.length > 0 && looked < MOST_FOLDERS; ) {
      const below: string[] = [];
      for (const folder of level) {
        looked++;
        for (const name of foldersIn(folder)) {
          const path = join(folder, name);
          if (name.includes(id) && !MONITOR.test(name)) {
            const group = groupAt(path, point);
            if (group !== null) return group;
          }
          below.push(path);
        }
      }
      level = below;
    }
  }
  return null;
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    // It has just gone, or may not be read.
    return [];
  }
}

/** Whether the group's folder is there, e.g. again after a restart. */
export function groupExists(group: GroupPlace): boolean {
  return existsSync(join(group.folder, 'cgroup.procs'));
}
