// The growth of one run as suspects are found from it: start-up left out, jumps taken as wholes, the rest as it stays.

import { findPhases } from '../phases/find-phases.js';
import type { Phase } from '../phases/phase.js';
import { scaleOf } from '../phases/scale.js';

export interface Curve {
  /** Epoch ms, ascending. */
  readonly times: Float64Array;
  /** Bytes, every one measured. */
  readonly values: Float64Array;
}

/** Growth too fast to belong to many statements: one of them set it off. */
export interface Jump {
  readonly startMs: number;
  /** From here on it is more than the unrest before: what was written until then may have set it off. */
  readonly seenMs: number;
  readonly endMs: number;
  /** From the level before to the highest that was reached. */
  readonly bytes: number;
}

export interface Growth {
  readonly curve: Curve;
  /** Until here the program came up. Epoch ms. */
  readonly upMs: number;
  readonly endMs: number;
  /** From here on it stands level. Epoch ms; the end where it never does. */
  readonly stillMs: number;
  /** Of the whole run; what is said to be much or little. Unit: bytes. */
  readonly range: number;
  /** What growth is small beside: the range; the peak where the run is a level line on top of much memory. Unit: bytes. */
  readonly beside: number;
  readonly jumps: readonly Jump[];
}

export interface GrowthOptions {
  /** A jump is so many times steeper than the run would be if it rose evenly. */
  readonly steep?: number;
  /** Jumps under this share of the range are not told from the rest. */
  readonly leastJump?: number;
  /** A program that does the same more often has a rhythm, and single beats of it mean nothing. */
  readonly mostAlike?: number;
}

const DEFAULTS = { steep: 3, leastJump: 0.05, mostAlike: 24 };
/** A run is over when less than this share of its peak is left: what follows is the recorder waiting. */
const GONE = 0.05;
/** Start-up is over when growth has become so much slower than it began. */
const SLOWER = 0.1;
/** Jumps this near to each other, as a share of the run, are one that paused. */
const JOINED_SHARE = 0.01;
/** Unrest is what was seen over this share of the run. */
const UNREST_SHARE = 0.03;
/** By the first entry a quarter of what its start-up takes was gained, or more. */
const UP_FACTOR = 4;

/** Null when nothing was measured twice. `peaks` holds the highest value since the sample before, NaN where unknown. */
export function growthOf(
  times: Float64Array,
  values: Float64Array,
  peaks: Float64Array | null,
  firstEntryMs: number,
  options: GrowthOptions = {},
  phases?: readonly Phase[],
): Growth | null {
  const { steep, leastJump, mostAlike } = { ...DEFAULTS, ...options };
  const curve = alive(times, values);
  if (curve === null) return null;
  const t = curve.times;
  const v = curve.values;
  const end = t.length - 1;
  const endMs = t[end]!;
  const scale = scaleOf(t, v);
  const range = scale.range || 1;
  const beside = scale.level ? v.reduce((a, b) => Math.max(a, b), 0) : range;
  const upMs = startUp(curve, firstEntryMs);
  const stillMs = Math.max(upMs, stillFrom(curve, leastJump * range));
  const high = peaks === null ? null : { times, values: peaks };
  const found: Jump[] = [];
  const least = (steep * range) / Math.max(endMs - t[0]!, 1);
  for (let at = 0; at < end; at += 1) {
    if (t[at]! < upMs || rate(curve, at) < least) continue;
    let to = at + 1;
    // One slow sample inside is the machine's, not the program's.
    while (
      to < end &&
      (rate(curve, to) >= least || (to + 1 < end && rate(curve, to + 1) >= least && v[to + 1]! >= v[to]!))
    )
      to += 1;
    const top = Math.max(v[to]!, high === null ? 0 : highest(high, t[at]!, t[Math.min(to + 1, end)]!));
    const bytes = top - v[at]!;
    if (bytes >= leastJump * range)
      found.push({ startMs: t[at]!, seenMs: seenFrom(curve, t[at]!, t[to]!), endMs: t[to]!, bytes });
    at = to - 1;
  }
  if (found.length > mostAlike) {
    const jumps = (phases ?? findPhases(times, values))
      .filter((phase) => phase.kind === 'rise' && phase.startMs >= upMs && phase.deltaBytes >= leastJump * range)
      .map(({ startMs, endMs, deltaBytes }) => ({
        startMs,
        seenMs: seenFrom(curve, startMs, endMs),
        endMs,
        bytes: deltaBytes,
      }));
    return { curve, upMs, endMs, stillMs, range, beside, jumps };
  }
  const whole = joined(found, curve, JOINED_SHARE * (endMs - upMs));
  const jumps = whole.filter((jump) => whole.filter((other) => other.bytes >= jump.bytes / 2).length <= mostAlike);
  return { curve, upMs, endMs, stillMs, range, beside, jumps };
}

/** When the level comes to where it stays to the end. */
function stillFrom({ times, values }: Curve, unrest: number): number {
  const last = values.at(-1)!;
  let at = values.length - 1;
  while (at > 0 && Math.abs(values[at - 1]! - last) <= unrest) at -= 1;
  return times[at]!;
}

/** When a jump first stands above all that was there shortly before it. */
function seenFrom(curve: Curve, startMs: number, endMs: number): number {
  const { times: t, values: v } = curve;
  const before = highest(curve, startMs - UNREST_SHARE * (t.at(-1)! - t[0]!), startMs);
  let at = Math.max(0, after(t, startMs) - 1);
  while (at + 1 < t.length && t[at]! < endMs && v[at + 1]! <= before) at += 1;
  return Math.max(startMs, t[at]!);
}

function joined(jumps: readonly Jump[], curve: Curve, nearMs: number): Jump[] {
  const out: Jump[] = [];
  for (const jump of jumps) {
    const last = out.at(-1);
    const level = valueAt(curve, jump.startMs);
    // What was given back for the greater part begins anew.
    if (
      last === undefined ||
      jump.startMs - last.endMs > nearMs ||
      level < valueAt(curve, last.endMs) - last.bytes / 2
    ) {
      out.push(jump);
      continue;
    }
    const bytes = Math.max(last.bytes, level + jump.bytes - valueAt(curve, last.startMs));
    out[out.length - 1] = { startMs: last.startMs, seenMs: last.seenMs, endMs: jump.endMs, bytes };
  }
  return out;
}

/** Bytes per ms behind a sample. */
function rate({ times, values }: Curve, at: number): number {
  return (values[at + 1]! - values[at]!) / Math.max(times[at + 1]! - times[at]!, 1e-9);
}

/** Measured samples up to the job's end; null when there are fewer than two. */
export function alive(times: Float64Array, values: Float64Array): Curve | null {
  let peak = 0;
  for (const value of values) if (value > peak) peak = value;
  const kept: number[] = [];
  for (let at = 0; at < times.length; at += 1) if (Number.isFinite(values[at]!)) kept.push(at);
  while (kept.length > 0 && values[kept.at(-1)!]! < GONE * peak) kept.pop();
  if (kept.length < 2) return null;
  return {
    times: Float64Array.from(kept, (at) => times[at]!),
    values: Float64Array.from(kept, (at) => values[at]!),
  };
}

/**
 * When the program was up: growth that began before it wrote anything is its own, until it is ten times slower than it began.
 * At most four times what was gained before the first entry, so that a program which sets to work at once is not excused.
 */
function startUp(curve: Curve, firstEntryMs: number): number {
  const { times: t, values: v } = curve;
  // By what was gained and not by what is there: a program may be up long before it is recorded.
  const gained = valueAt(curve, firstEntryMs) - v[0]!;
  let at = 1;
  for (; at + 1 < t.length; at += 1) {
    const before = (v[at]! - v[0]!) / Math.max(t[at]! - t[0]!, 1e-9);
    if (v[at]! - v[0]! > UP_FACTOR * gained && t[at]! > firstEntryMs) break;
    if (rate(curve, at) < SLOWER * before && v[at]! > v[0]!) break;
    // The job is not there yet.
    if (v[at]! <= v[0]! && t[at]! >= firstEntryMs) break;
  }
  return Math.max(t[0]!, Math.min(t[at]!, t.at(-1)!));
}

function highest({ times, values }: Curve, fromMs: number, toMs: number): number {
  let top = 0;
  for (let at = after(times, fromMs); at < times.length && times[at]! <= toMs; at += 1)
    if (values[at]! > top) top = values[at]!;
  return top;
}

/** Index of the first time later than `ms`. */
export function after(times: Float64Array, ms: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Between samples memory is taken to have changed evenly. */
export function valueAt({ times, values }: Curve, ms: number): number {
  const next = after(times, ms);
  if (next === 0) return values[0]!;
  if (next === times.length) return values[next - 1]!;
  const from = times[next - 1]!;
  return values[next - 1]! + ((values[next]! - values[next - 1]!) * (ms - from)) / (times[next]! - from);
}

/** The lowest value still to come before `untilMs`: what was not given back by then. Never falls. */
export function keptUntil({ times, values }: Curve, fromMs: number, untilMs: number): Curve {
  const from = Math.max(0, after(times, fromMs) - 1);
  const to = Math.max(from + 1, after(times, untilMs));
  const kept = values.slice(from, to);
  for (let at = kept.length - 2; at >= 0; at -= 1) kept[at] = Math.min(kept[at]!, kept[at + 1]!);
  return { times: times.slice(from, to), values: kept };
}
