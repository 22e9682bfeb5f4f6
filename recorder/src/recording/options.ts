// What a recording is made of and how: what `run` and `record` hand over.
import type { GroupPlace } from '../cgroup/find-group.js';
import type { Followed } from '../cgroup/followed-group.js';
import type { Gpu } from '../gpu/gpu.js';
import type { JobTree } from '../job-tree/job-tree.js';
import type { Roots } from '../samplers/sampler.js';
import type { Rotation } from './parts.js';
import type { Target } from './target.js';

export interface RecordingOptions {
  readonly target: Target;
  readonly intervalMs: number;
  readonly startedAt: Date;
  readonly version: string;
  readonly label: string | null;
  readonly command: readonly string[] | null;
  readonly logs: readonly string[];
  readonly roots: Roots;
  readonly tree: JobTree | null;
  readonly group: GroupPlace | null;
  /** Followed through restarts; null or absent for none. `group` is where it counts at the start. */
  readonly container?: Followed | null;
  /** The cards to record; null or absent for none. */
  readonly gpu?: Gpu | null;
  /** Set VmHWM of the job's processes back after each sample. */
  readonly resetPeaks: boolean;
  /** Keep processes.csv. Needs a tree. */
  readonly perProcess: boolean;
  /** Record what this recorder takes, as columns. */
  readonly ownCost: boolean;
  readonly rotation: Rotation | null;
  /** For so long signals and the like may go unheard, ms: see Ticks. */
  readonly patienceMs?: number;
  /** Where our pid is written while we run. */
  readonly pidFile: string | null;
}
