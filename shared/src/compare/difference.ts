// Whether two groups of runs differ in one figure, by how much, and how sure that is.
//
// Several runs each: Welch's interval for the difference of two means whose spreads need not be equal (Welch, "The generalization
// of 'Student's' problem when several different population variances are involved", Biometrika 34, 1947). It is preferred to a
// permutation test because that one cannot become sure at 5 % with fewer than four runs a side, however clear the case is.
// One run against several: the single one is taken to vary as the others do.
// One run each: nothing is known of how runs vary, and no figure inside a run can tell. A difference counts then only from
// `ALLOWANCE` on, which is an allowance and not a measurement.
import { type Spread, spreadOf } from '../statistics/spread.js';
import { tWithin } from '../statistics/student-t.js';

export type Verdict = 'less' | 'more' | 'no-conclusive-difference';

export interface Difference {
  readonly before: Spread;
  readonly after: Spread;
  /** Mean after minus mean before. */
  readonly change: number;
  /** Null where there was nothing before. */
  readonly changePct: number | null;
  /** The interval that holds the change with 95 %; null where it is one run each. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly verdict: Verdict;
}

export interface Scale {
  /** A smaller change than this share of the figure before is of no use to anybody. */
  readonly leastShare: number;
  /** Nor is one that is smaller than this, in the figure's unit. */
  readonly least: number;
  /** One run each: what two runs of the same may differ by, as a share of the larger. */
  readonly allowance: number;
}

/** Bytes: allocators and page sizes move a peak by some hundred KiB; two runs of one job commonly differ by a few percent. */
export const BYTES: Scale = { leastShare: 0.01, least: 512 * 1024, allowance: 0.05 };
/** Time: a busy machine stretches it by far more. */
export const DURATION: Scale = { leastShare: 0.02, least: 100, allowance: 0.15 };

/** Null when one side has no number. */
export function difference(before: readonly number[], after: readonly number[], scale: Scale): Difference | null {
  const [b, a] = [spreadOf(before), spreadOf(after)];
  if (b === null || a === null) return null;
  const change = a.mean - b.mean;
  const interval = intervalOf(b, a, change);
  const worth = Math.abs(change) >= Math.max(scale.least, scale.leastShare * Math.abs(b.mean));
  const sure =
    interval === null
      ? Math.abs(change) > scale.allowance * Math.max(Math.abs(b.mean), Math.abs(a.mean))
      : interval.low > 0 || interval.high < 0;
  return {
    before: b,
    after: a,
    change,
    changePct: b.mean === 0 ? null : (100 * change) / Math.abs(b.mean),
    interval,
    verdict: !worth || !sure ? 'no-conclusive-difference' : change > 0 ? 'more' : 'less',
  };
}

function intervalOf(b: Spread, a: Spread, change: number): { low: number; high: number } | null {
  if (b.count === 1 && a.count === 1) return null;
  const [error, df] = b.count > 1 && a.count > 1 ? welch(b, a) : oneAgainst(b.count > 1 ? b : a);
  const half = error === 0 ? 0 : error * tWithin(0.95, df);
  return { low: change - half, high: change + half };
}

function welch(b: Spread, a: Spread): [error: number, df: number] {
  const vb = b.deviation ** 2 / b.count;
  const va = a.deviation ** 2 / a.count;
  const df = (vb + va) ** 2 / (vb ** 2 / (b.count - 1) + va ** 2 / (a.count - 1));
  return [Math.sqrt(vb + va), df];
}

function oneAgainst({ deviation, count }: Spread): [error: number, df: number] {
  return [deviation * Math.sqrt(1 + 1 / count), count - 1];
}

/** The method in one sentence, for whoever reads the table. */
export function methodInWords(before: number, after: number): string {
  if (before > 1 && after > 1)
    return "Conclusive where Welch's 95 % interval of the difference of means leaves out 0 and the difference is worth a mention (1 % and 512 KiB; of time 2 %).";
  if (before > 1 || after > 1) return 'One side is a single run: it is taken to vary as the others do (95 % interval).';
  return 'One run each: how much runs vary is not known, so only differences beyond 5 % (of time 15 %) count. Several runs a side tell more.';
}
