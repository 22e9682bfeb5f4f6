// Holds runs against a budget. Of several runs the median counts, so that one odd run neither breaks nor saves it; a kill for want
// of memory counts wherever it happened. What was not measured is neither held nor broken.
import { phaseList } from '../compare/align.js';
import type { Run, RunPhase, RunSpike } from '../compare/run.js';
import type { LeakFinding } from '../leak/find-leak.js';
import { medianOf } from '../statistics/spread.js';
import { formatBytes } from '../words/bytes.js';
import { type Budget, DEFAULT_TOLERANCE, type Tolerance } from './budget.js';

export interface CheckedRun {
  readonly run: Run;
  readonly leak: LeakFinding;
  /** When the peak was known, since the start. */
  readonly peakAtMs: number;
  /** Null where nothing would have counted one. */
  readonly oomKills: number | null;
}

/** A stretch of a run that a figure belongs to. */
export type Where = Pick<RunPhase | RunSpike, 'kind' | 'name' | 'startMs' | 'durationMs' | 'deltaBytes'>;

export type Outcome = 'held' | 'broken' | 'not-measured';

export interface Finding {
  /** "peak", "final", "growth", "oom", "phase load", "peak against the baseline". */
  readonly budget: string;
  readonly unit: 'bytes' | 'bytes-per-hour' | 'kills';
  readonly outcome: Outcome;
  readonly limit: number;
  /** Null when it was not measured. */
  readonly found: number | null;
  /** In which phase, and near which log line; null where it is no matter of one or none is named. */
  readonly phase: Where | null;
  /** What a reader should know besides: why it was not measured, what the baseline was. Empty when nothing. */
  readonly note: string;
}

/** One finding for each budget, in the order of the budget. `runs` holds at least one. */
export function checkBudget(runs: readonly CheckedRun[], budget: Budget, baseline: readonly Run[] = []): Finding[] {
  const found: Finding[] = [];
  const median = (of: (run: CheckedRun) => number): number => medianOf(runs.map(of));
  const peak = median(({ run }) => run.peakBytes);
  const final = median(({ run }) => run.finalBytes);
  const typical = nearest(runs, peak, ({ run }) => run.peakBytes);
  const atPeak = whereFrom(typical.run, typical.peakAtMs, typical.run.peakBytes);
  const last = nearest(runs, final, ({ run }) => run.finalBytes).run;
  const atEnd = whereFrom(last, Number.POSITIVE_INFINITY, last.finalBytes);
  const bytes = (name: string, limit: number, value: number, phase: Finding['phase'], note = ''): Finding => ({
    budget: name,
    unit: 'bytes',
    outcome: value <= limit ? 'held' : 'broken',
    limit,
    found: value,
    phase,
    note,
  });
  if (budget.maxPeakBytes !== undefined) found.push(bytes('peak', budget.maxPeakBytes, peak, atPeak));
  if (budget.maxFinalBytes !== undefined) found.push(bytes('final', budget.maxFinalBytes, final, atEnd));
  if (budget.maxGrowthBytesPerHour !== undefined) found.push(growth(runs, budget.maxGrowthBytesPerHour));
  if (budget.maxOomKills !== undefined) found.push(oom(runs, budget.maxOomKills));
  for (const { phase, maxGrowthBytes } of budget.phases ?? []) found.push(inPhase(runs, phase, maxGrowthBytes));
  if (baseline.length > 0) {
    const tolerance = budget.tolerance ?? DEFAULT_TOLERANCE;
    const against = (name: string, before: number, now: number, phase: Finding['phase']): Finding => {
      const note = `the baseline has ${formatBytes(before)}, ${words(tolerance)} more may be`;
      return bytes(`${name} against the baseline`, allowed(before, tolerance), now, phase, note);
    };
    found.push(against('peak', medianOf(baseline.map((run) => run.peakBytes)), peak, atPeak));
    found.push(against('final', medianOf(baseline.map((run) => run.finalBytes)), final, atEnd));
  }
  return found;
}

/**
 * The verdict of the leak finding decides, with its 95 % interval: broken when it is a leak and the whole interval is above the limit, held when it is
 * not above, or when there is no leak and the likeliest slope is within the limit. Between these the run is too short to tell.
 */
function growth(runs: readonly CheckedRun[], limit: number): Finding {
  const told = runs.map(({ leak }) => leak).filter(({ slopeBytesPerHour }) => slopeBytesPerHour !== null);
  const base = { budget: 'growth', unit: 'bytes-per-hour', limit, phase: null } as const;
  if (told.length * 2 <= runs.length) {
    const why = runs[0]?.leak.why ?? '';
    return { ...base, outcome: 'not-measured', found: null, note: why };
  }
  const slope = medianOf(told.map((leak) => leak.slopeBytesPerHour!));
  const low = medianOf(told.map((leak) => leak.low ?? Number.NEGATIVE_INFINITY));
  const high = medianOf(told.map((leak) => leak.high ?? Number.POSITIVE_INFINITY));
  const most = (wanted: LeakFinding['verdict']): boolean =>
    told.filter(({ verdict }) => verdict === wanted).length * 2 > told.length;
  const note = told[0]!.why;
  // A job that has just started climbs too: the interval alone does not tell a trend.
  if (low > limit && most('leak')) return { ...base, outcome: 'broken', found: slope, note };
  if (high <= limit || (most('no-leak') && slope <= limit)) return { ...base, outcome: 'held', found: slope, note };
  return { ...base, outcome: 'not-measured', found: null, note: `too short to tell: ${note}` };
}

function oom(runs: readonly CheckedRun[], limit: number): Finding {
  const base = { budget: 'oom', unit: 'kills', limit, phase: null } as const;
  const counted = runs.map(({ oomKills }) => oomKills);
  const silent = runs.filter(({ oomKills }) => oomKills === null).map(({ run }) => run.name);
  const known = counted.filter((kills): kills is number => kills !== null);
  const most = known.length === 0 ? null : Math.max(...known);
  if (most !== null && most > limit) return { ...base, outcome: 'broken', found: most, note: '' };
  if (most === null || known.length < counted.length) {
    return {
      ...base,
      outcome: 'not-measured',
      found: null,
      note: `nothing counted kills in ${silent.join(', ')}: only recordings of tidemark do`,
    };
  }
  return { ...base, outcome: 'held', found: most, note: '' };
}

function inPhase(runs: readonly CheckedRun[], name: string, limit: number): Finding {
  const sums: number[] = [];
  const lacking: Run[] = [];
  for (const { run } of runs) {
    const found = stretchesNamed(run, name);
    if (found.length === 0) {
      lacking.push(run);
      continue;
    }
    // What stays adds up; a spike is gone before the next one, so that the highest counts.
    const stays = found.filter(({ kind }) => kind !== 'spike').reduce((sum, p) => sum + Math.max(0, p.deltaBytes), 0);
    const highest = found.filter(({ kind }) => kind === 'spike').reduce((most, s) => Math.max(most, s.deltaBytes), 0);
    sums.push(stays + highest);
  }
  const base = { budget: `phase ${name}`, unit: 'bytes', limit } as const;
  if (lacking.length * 2 >= runs.length) {
    const [one] = lacking;
    return {
      ...base,
      outcome: 'not-measured',
      found: null,
      phase: null,
      note: `${one!.name} has ${phaseList([...one!.phases, ...(one!.spikes ?? [])])}`,
    };
  }
  const found = medianOf(sums);
  const [shown = null] = runs
    .flatMap(({ run }) => stretchesNamed(run, name))
    .toSorted((a, b) => b.deltaBytes - a.deltaBytes);
  return { ...base, outcome: found <= limit ? 'held' : 'broken', found, phase: shown, note: '' };
}

/** Log lines are told apart by more than the kind: all that a line names, else all of the kind. */
function stretchesNamed({ phases, spikes = [] }: Run, name: string): Where[] {
  const all: Where[] = [...phases, ...spikes];
  const wanted = name.toLowerCase();
  const named = all.filter((one) => one.name?.toLowerCase().includes(wanted));
  return named.length > 0 ? named : all.filter(({ kind }) => kind === wanted);
}

const nearest = (runs: readonly CheckedRun[], value: number, of: (run: CheckedRun) => number): CheckedRun =>
  runs.reduce((best, one) => (Math.abs(of(one) - value) < Math.abs(of(best) - value) ? one : best));

/**
 * Where most of what is held at the instant comes from: the phase of whose growth the most is still there, or the spike that the instant
 * lies in when it stands higher. A peak stands at the end of its growth or on the level behind it, and there no log line tells why.
 */
function whereFrom({ phases, spikes = [] }: Run, atMs: number, levelBytes: number): Where | null {
  const before = phases.filter(({ startMs }) => startMs <= atMs);
  let best: Where | null = before.at(-1) ?? null;
  let most = 0;
  for (const [i, phase] of before.entries()) {
    const lowest = before.slice(i + 1).reduce((low, { endBytes }) => Math.min(low, endBytes), levelBytes);
    const kept = Math.min(phase.endBytes, lowest) - Math.max(0, phase.endBytes - phase.deltaBytes);
    if (kept <= most) continue;
    most = kept;
    best = phase;
  }
  for (const spike of spikes) {
    const within = atMs >= spike.startMs && atMs <= spike.startMs + spike.durationMs;
    if (within && spike.deltaBytes > most) best = spike;
  }
  return best;
}

const allowed = (before: number, tolerance: Tolerance): number =>
  'share' in tolerance ? before * (1 + tolerance.share) : before + tolerance.bytes;

const words = (tolerance: Tolerance): string =>
  'share' in tolerance ? `${Math.round(tolerance.share * 1000) / 10} %` : formatBytes(tolerance.bytes);
