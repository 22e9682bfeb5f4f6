// The column that a summary is about: the job's RSS, else the container's charge, else the machine's use. Its course, and who held it at the highest.
import { CLOCK_COLUMNS } from '@tidemark/shared/recording/columns.js';
import type { RecordingInfo } from '@tidemark/shared/recording/recording.js';
import type { JobTree } from '../job-tree/job-tree.js';
import { Largest } from '../processes/largest.js';
import type { RecentSample } from '../recording/recent-samples.js';
import type { SampledCells } from '../recording/sampled-cells.js';
import { eachSample } from './read-back.js';
import { RunningSeries } from './running-series.js';

type Summary = NonNullable<RecordingInfo['summary']>;

/** Columns, and those with their peaks. */
const LEADS = [
  ['job_rss_bytes', 'job_peak_bytes'],
  ['container_current_bytes', 'container_peak_bytes'],
  ['machine_used_bytes', ''],
] as const;

export class Lead {
  readonly column: string;
  /** What this recorder has sampled; after `readBack` the whole recording. */
  values = new RunningSeries();
  readonly #tree: JobTree | null;
  readonly #cell: number;
  readonly #peakCell: number;
  /** The largest processes when it was at its highest, and how high that was. */
  readonly #atPeak = new Largest();
  #highest = Number.NEGATIVE_INFINITY;

  constructor(sampled: SampledCells, tree: JobTree | null) {
    const [column, peak] = LEADS.find(([name]) => sampled.at(name) >= 0) ?? LEADS[2];
    this.column = column;
    this.#tree = tree;
    this.#cell = sampled.at(column);
    this.#peakCell = sampled.at(peak);
  }

  /** Every sample, in time order. `elapsedMs` is that of the recording. */
  sampled({ timeMs, cells, largest }: RecentSample, elapsedMs: number): void {
    if (this.#cell < 0) return;
    const value = cells[this.#cell]!;
    const peak = this.#peakCell < 0 ? Number.NaN : cells[this.#peakCell]!;
    this.values.add(timeMs, elapsedMs, value, peak);
    const known = Math.max(value, peak);
    if (this.#tree === null || !(known > this.#highest)) return;
    this.#highest = known;
    this.#atPeak.copy(largest);
  }

  /**
   * For a recording that was resumed: takes all rows of its files, oldest first, those of the recorders before this one too. What this one sampled is kept where
   * the files know less: they cannot be written, or their first parts were removed. Throws the system's error, and is as it was then.
   */
  readBack(files: readonly string[]): void {
    if (this.#cell < 0) return;
    const whole = new RunningSeries();
    const inRow = (cell: number): number => (cell < 0 ? -1 : cell + CLOCK_COLUMNS.length);
    for (const file of files)
      eachSample(file, inRow(this.#cell), inRow(this.#peakCell), (...sample) => whole.add(...sample));
    const knowsLess = whole.count < this.values.count || (whole.peak?.value ?? 0) < (this.values.peak?.value ?? 0);
    if (!knowsLess) this.values = whole;
  }

  /** The job's largest processes at the highest that this recorder knows of it, largest first; empty where none is followed. */
  #largestAtPeak(): NonNullable<Summary['processes']> {
    return this.#atPeak.list().map(({ pid, name, rssBytes, peakBytes }) => ({
      pid,
      name,
      rss_bytes: rssBytes,
      peak_bytes: peakBytes,
    }));
  }

  /**
   * For recording.json; null when nothing was measured. `before` is what an earlier recorder of the same recording told of its part. Where the peak is from one
   * that was killed, nobody knows any more which processes were largest.
   */
  summary(before: Summary | null): Summary | null {
    const { peak } = this.values;
    const earlier = before?.column === this.column ? before : null;
    if (earlier !== null && !((peak?.value ?? 0) > earlier.peak_bytes)) return earlier;
    if (peak === null) return null;
    const own = this.#highest >= peak.value;
    return {
      column: this.column,
      peak_bytes: peak.value,
      peak_at: new Date(peak.timeMs).toISOString(),
      ...(this.#tree === null ? {} : { processes: own ? this.#largestAtPeak() : [] }),
    };
  }
}
