// The cgroup: what is charged to it, its peak, the limit that binds it, and what the kernel killed in it. cgroup v1 and v2. Linux.
//
// Nothing that others read is reset: v1's max_usage belongs to everyone, v2's memory.peak is reset for our own descriptor (own-peak.ts).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GroupPlace } from '../cgroup/find-group.js';
import type { Followed } from '../cgroup/followed-group.js';
import { OwnPeak, peakFile } from '../cgroup/own-peak.js';
import type { JobTree } from '../job-tree/job-tree.js';
import { errorCode, KernelFile, scratch } from '../sampling/kernel-file.js';
import { field, fieldNumber, numberAt } from '../sampling/numbers.js';
import { recordedColumn, type Sampler, type SamplerMaker } from './sampler.js';

const FILES = {
  1: {
    current: 'memory.usage_in_bytes',
    peak: 'memory.max_usage_in_bytes',
    limit: 'memory.limit_in_bytes',
    stat: 'memory.stat',
    // "total_" counts the groups below as well, as memory.usage_in_bytes does.
    anon: field('total_rss '),
    file: field('total_cache '),
    anonName: 'total_rss',
    fileName: 'total_cache',
    kills: 'memory.oom_control',
  },
  2: {
    current: 'memory.current',
    peak: 'memory.peak',
    limit: 'memory.max',
    stat: 'memory.stat',
    anon: field('anon '),
    file: field('file '),
    anonName: 'anon',
    fileName: 'file',
    kills: 'memory.events',
  },
} as const;

const OOM_KILL = field('oom_kill ');

/** v1 says "no limit" as the largest multiple of the page size below 2^63. No machine has 2^60 bytes. */
const UNLIMITED = 2 ** 60;

/**
 * Limits change by hand, if ever, memory.stat is the longest of the files, and a group in which nothing happens kills nobody: these are read this often, stat and
 * kills also with every sample whose charge has moved by so much of itself since. Kills are read as well with every sample that is so near the limit, whose charge
 * was higher since the one before, or in which a process of the job is gone: what is left after a kill must not stand beside a counter from before.
 */
const SLOW_EVERY_MS = 1000;
const MOVED = 1 / 256;
const NEAR_LIMIT = 7 / 8;

export const container: SamplerMaker = ({ group, container: followed = null, tree }) =>
  followed !== null ? followedSampler(followed, tree) : group === null ? null : containerSampler(group, tree);

/** Columns and kinds of file stay those of the first run; cells are empty while the container does not run. */
function followedSampler(followed: Followed, tree: JobTree | null): Sampler {
  let at: GroupPlace | null = followed.lastGroup;
  let inner: Sampler | null = containerSampler(at, tree);
  const { name, columns } = inner;
  return {
    name,
    columns,
    read(cells, from, elapsedMs) {
      if (followed.group !== at || inner === null) {
        inner?.close();
        at = followed.group;
        inner = at === null ? null : containerSampler(at, tree);
      }
      try {
        if (inner !== null) return inner.read(cells, from, elapsedMs);
      } catch (error) {
        // The group was removed: with the container, or with it to be made anew at the same place.
        if (!['ENODEV', 'ENOENT'].includes(errorCode(error))) throw error;
        inner?.close();
        inner = null;
        at = null;
        followed.lost();
      }
      cells.fill(Number.NaN, from, from + columns.length);
      return 0;
    },
    close: () => inner?.close(),
  };
}

function containerSampler(group: GroupPlace, tree: JobTree | null): Sampler {
  const names = FILES[group.version];
  const current = new KernelFile(join(group.folder, names.current));
  const stat = new KernelFile(join(group.folder, names.stat));
  const optional = (name: string): KernelFile | null =>
    existsSync(join(group.folder, name)) ? new KernelFile(join(group.folder, name)) : null;
  // memory.peak came with Linux 5.19; the root group of v2 has neither events nor peak.
  const peakPath = join(group.folder, names.peak);
  const peak = existsSync(peakPath) ? new OwnPeak(peakFile(peakPath)) : null;
  const kills = optional(names.kills);
  const limits = group.upwards.map((folder) => new KernelFile(join(folder, names.limit)));
  let limit = Number.NaN;
  let slowAt = Number.NEGATIVE_INFINITY;
  /** The charge when stat and kills were read last. */
  let chargeThen = Number.NaN;
  let lossesThen = -1;
  /** Whether the cells of stat hold what was read in the tick before. */
  let statIsOld = true;
  return {
    name: 'container',
    columns: [
      recordedColumn('container_current_bytes', names.current),
      recordedColumn(
        'container_peak_bytes',
        peak === null
          ? `${names.current} (no ${names.peak} here)`
          : group.version === 2
            ? `${names.peak}, reset through the recorder's own descriptor where the kernel can, else where it rose; else ${names.current}`
            : `${names.peak} where it rose since the sample before, else ${names.current}`,
      ),
      recordedColumn('container_limit_bytes', `${names.limit}, the lowest of the group and those above it`),
      recordedColumn('container_anon_bytes', `${names.stat}: ${names.anonName}`),
      recordedColumn('container_file_bytes', `${names.stat}: ${names.fileName}`),
      recordedColumn(
        'container_oom_kills',
        `${names.kills}: oom_kill, read whenever it may have risen, and once a second`,
      ),
    ],
    read(cells, at, elapsedMs) {
      const slow = elapsedMs - slowAt >= SLOW_EVERY_MS;
      const readAt = slow ? elapsedMs : slowAt;
      // Should something fail on the way, all is read the next time.
      slowAt = Number.NEGATIVE_INFINITY;
      peak?.read();
      const now = numberAt(scratch, current.read(), 0);
      cells[at] = now;
      const highest = peak === null ? now : peak.since(now);
      cells[at + 1] = highest;
      if (slow) {
        limit = lowestLimit(limits);
        cells[at + 2] = limit;
        if (kills === null) cells[at + 5] = Number.NaN;
      }
      const moved = Math.abs(now - chargeThen) > chargeThen * MOVED;
      if (slow || moved) {
        const length = stat.read();
        cells[at + 3] = fieldNumber(scratch, length, names.anon);
        cells[at + 4] = fieldNumber(scratch, length, names.file);
        chargeThen = now;
        statIsOld = true;
      } else if (statIsOld) {
        // What is not read this time is empty.
        cells[at + 3] = Number.NaN;
        cells[at + 4] = Number.NaN;
        statIsOld = false;
      }
      const losses = tree === null ? -1 : tree.losses;
      if (kills !== null && (slow || moved || highest > now || now > limit * NEAR_LIMIT || losses !== lossesThen))
        cells[at + 5] = fieldNumber(scratch, kills.read(), OOM_KILL);
      lossesThen = losses;
      slowAt = readAt;
      return 0;
    },
    close() {
      for (const file of [current, stat, peak, kills, ...limits]) file?.close();
    },
  };
}

/** Bytes; NaN where nothing limits the group: "max" in v2, a huge number in v1. */
export function readLimit(bytes: Buffer, length: number): number {
  const limit = numberAt(bytes, length, 0);
  return limit >= UNLIMITED ? Number.NaN : limit;
}

function lowestLimit(files: readonly KernelFile[]): number {
  let lowest = Number.NaN;
  for (const file of files) {
    try {
      const limit = readLimit(scratch, file.read());
      if (!(limit >= lowest)) lowest = Number.isNaN(limit) ? lowest : limit;
    } catch {
      // The root group of v2 has no memory.max; a group above ours may be hidden.
    }
  }
  return lowest;
}

/** The limit that binds a group now; null where nothing does. */
export function limitOf(group: GroupPlace): number | null {
  const files = group.upwards.map((folder) => new KernelFile(join(folder, FILES[group.version].limit)));
  const limit = lowestLimit(files);
  for (const file of files) file.close();
  return Number.isNaN(limit) ? null : limit;
}

/** Processes of the group that the kernel has killed for want of memory; NaN where there is no counter, or no group any more. */
export function killsOf(group: GroupPlace): number {
  const file = new KernelFile(join(group.folder, FILES[group.version].kills));
  try {
    return fieldNumber(scratch, file.read(), OOM_KILL);
  } catch {
    return Number.NaN;
  } finally {
    file.close();
  }
}
