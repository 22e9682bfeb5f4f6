// Entries in sum, before blocks.ts adds them to a block: how many of each kind, and of those the earliest and the latest.
// A kind is an entry's flags (EntryNumbers): its level, and whether its time is wall time.

/** Levels, NO_LEVEL and WALL together. */
export const FLAGS = 16;

export class EntrySums {
  /** Dated and undated entries of each kind. */
  readonly dated = new Uint32Array(FLAGS);
  readonly undated = new Uint32Array(FLAGS);
  /** Of the dated ones; right where there are any. */
  readonly earliest = new Float64Array(FLAGS);
  readonly earliestLine = new Uint32Array(FLAGS);
  readonly latest = new Float64Array(FLAGS);
  /** A bit for each kind that there is. */
  there = 0;
  backwardSteps = 0;
  /** Of the last dated entry, also before the sums begin; NaN without one. */
  lastTime = Number.NaN;

  clear(): void {
    this.dated.fill(0);
    this.undated.fill(0);
    this.there = 0;
    this.backwardSteps = 0;
  }

  add(line: number, time: number, flags: number): void {
    this.there |= 1 << flags;
    if (Number.isNaN(time)) {
      this.undated[flags]! += 1;
      return;
    }
    if (time < this.lastTime) this.backwardSteps += 1;
    this.lastTime = time;
    this.addKind(flags, 1, time, line, time);
  }

  /** Dated entries of one kind that come behind all before. The earlier line counts where two are as early. */
  addKind(flags: number, count: number, earliest: number, earliestLine: number, latest: number): void {
    const before = this.dated[flags]!;
    this.there |= 1 << flags;
    this.dated[flags] = before + count;
    if (before === 0 || earliest < this.earliest[flags]!) {
      this.earliest[flags] = earliest;
      this.earliestLine[flags] = earliestLine;
    }
    if (before === 0 || latest > this.latest[flags]!) this.latest[flags] = latest;
  }
}
