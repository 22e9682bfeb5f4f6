// What a sampler is: it owns some columns and fills their cells once a tick, or more seldom, without waiting and without allocating.
import type { RecordedColumn } from '@tidemark/shared/recording/recording.js';
import type { GroupPlace } from '../cgroup/find-group.js';
import type { Followed } from '../cgroup/followed-group.js';
import type { Gpu } from '../gpu/gpu.js';
import type { JobTree } from '../job-tree/job-tree.js';

/** Where the kernel's files stand; tests pass captured trees. */
export interface Roots {
  /** "/proc". */
  readonly proc: string;
  /** Stands before the mount points that /proc/self/mountinfo names: "" on a real machine. */
  readonly cgroup: string;
}

export const REAL_ROOTS: Roots = { proc: '/proc', cgroup: '' };

export interface SamplingContext {
  readonly roots: Roots;
  /** Null when no job is recorded. It may not follow a process yet: the job starts after the recording. */
  readonly tree: JobTree | null;
  /** Null where there is no cgroup that counts memory. */
  readonly group: GroupPlace | null;
  /** A container or a group that may go away and come back; its place goes before `group`. */
  readonly container?: Followed | null;
  /** `--gpu`, where there is one. */
  readonly gpu?: Gpu | null;
  /** `--own-cost`: what the recorder takes is recorded as well. */
  readonly ownCost?: boolean;
  /** `--reset-peaks`: VmHWM may be set back after each sample, whatever else reads it. */
  readonly resetPeaks?: boolean;
  /** Told when that cannot be done for some process. */
  readonly cannotResetPeaks?: (why: string) => void;
}

export interface Sampler {
  readonly name: string;
  readonly columns: readonly RecordedColumn[];
  /**
   * Puts one number for each column into cells[at], cells[at + 1] ...: NaN is "not there to measure".
   * Cells that it does not touch stay as it left them. Returns for how many ms it need not be asked again, 0 to be asked in the next tick.
   * Throws when something is wrong; the tick then has empty cells for this sampler and goes on. It must fill all of them the next time.
   */
  read(cells: Float64Array, at: number, elapsedMs: number): number;
  close(): void;
}

/** Makes a sampler, or null where this machine or this recording has nothing for it. */
export type SamplerMaker = (context: SamplingContext) => Sampler | null;

/** The column's entry in recording.json, with the unit that its name states. */
export function recordedColumn(name: string, source: string): RecordedColumn {
  const unit = name.endsWith('_bytes') ? 'bytes' : name.endsWith('_pct') ? 'percent' : 'count';
  return { name, unit, source };
}
