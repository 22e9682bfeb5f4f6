// What memory a job may take, as data: from the command line, or from a checked-in tidemark.budget.json.
import { UsageError } from '../errors.js';
import { parseBytes } from '../words/bytes.js';

export interface Budget {
  readonly maxPeakBytes?: number;
  readonly maxFinalBytes?: number;
  /** Of the trend once the job has settled. */
  readonly maxGrowthBytesPerHour?: number;
  readonly maxOomKills?: number;
  /** How much memory may grow in the phases whose log line (or kind) the name is found in. */
  readonly phases?: readonly { readonly phase: string; readonly maxGrowthBytes: number }[];
  /** Peak and final may be so much above the baseline's. */
  readonly tolerance?: Tolerance;
}

export type Tolerance = { readonly share: number } | { readonly bytes: number };

/** Runs of one job differ by this much. */
export const DEFAULT_TOLERANCE: Tolerance = { share: 0.05 };

export function readSize(name: string, text: unknown): number {
  const bytes =
    typeof text === 'number' ? (text >= 0 ? text : null) : typeof text === 'string' ? parseBytes(text) : null;
  if (bytes === null) throw new UsageError(`${name}: expected a size such as 500MiB, found ${shown(text)}`);
  return bytes;
}

/** "2MiB/h", "1GiB/d", "10KiB/min": bytes per hour. */
export function readRate(name: string, text: unknown): number {
  const match = typeof text === 'string' ? /^(.+?)\s*\/\s*(s|min|h|d)$/.exec(text.trim()) : null;
  const bytes = match === null ? null : parseBytes(match[1]!);
  if (bytes === null) throw new UsageError(`${name}: expected a rate such as 2MiB/h, found ${shown(text)}`);
  return bytes * PER_HOUR[match![2] as keyof typeof PER_HOUR];
}

const PER_HOUR = { s: 3600, min: 60, h: 1, d: 1 / 24 };

export function readCount(name: string, text: unknown): number {
  const count = typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
    throw new UsageError(`${name}: expected a whole number, found ${shown(text)}`);
  }
  return count;
}

/** "5%" or "20MiB". */
export function readTolerance(name: string, text: unknown): Tolerance {
  const percent = typeof text === 'string' ? /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(text) : null;
  if (percent !== null) return { share: Number(percent[1]) / 100 };
  // A bare number would be bytes; whoever writes 5 means percent.
  const bytes = typeof text === 'string' && /[a-z]\s*$/i.test(text) ? parseBytes(text) : null;
  if (bytes === null) throw new UsageError(`${name}: expected 5% or 20MiB, found ${shown(text)}`);
  return { bytes };
}

/** "load<300MiB"; the last "<" counts, so that a name may hold one. */
export function readPhase(text: string): { phase: string; maxGrowthBytes: number } {
  const at = text.lastIndexOf('<');
  const phase = text.slice(0, Math.max(0, at)).trim();
  if (phase === '') throw new UsageError(`--phase: expected NAME<SIZE, such as 'load<300MiB', found ${shown(text)}`);
  return { phase, maxGrowthBytes: readSize(`--phase ${phase}`, text.slice(at + 1).replace(/^=/, '')) };
}

/** A budget holds nothing to a run when it says nothing. */
export const isEmpty = (budget: Budget, baselines: number): boolean =>
  baselines === 0 &&
  budget.maxPeakBytes === undefined &&
  budget.maxFinalBytes === undefined &&
  budget.maxGrowthBytesPerHour === undefined &&
  budget.maxOomKills === undefined &&
  (budget.phases ?? []).length === 0;

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 80) ?? 'nothing';
}
