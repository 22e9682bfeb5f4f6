// Which log statement does growth coincide with? Two kinds of growth, two answers:
//
// A jump (growth.ts) has one origin. It belongs to the entry before it began; an entry that is written all the time, mostly
// without any jump behind it (a heartbeat), is passed over for the one before.
//
// Slow growth belongs to the statement whose entry came last, summed over all its entries: what was gained until the next
// entry and was still there when the statement had run for the last time. A statement that is written from the first to the
// last minute sits next to growth whatever happens, so its sum is set against what the same entries gather when they are
// turned round the run (circular shifts), and only as much is claimed as that comparison supports.
//
// "Coincides", never "causes".
import { after, alive, type Curve, type GrowthOptions, growthOf, type Jump, keptUntil, valueAt } from './growth.js';
import type { Events } from './timeline.js';

export interface SuspectInput {
  /** Epoch ms, ascending; bytes, NaN where nothing was measured. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** The highest value since the sample before, for the same rows. */
  readonly peaks?: Float64Array | undefined;
  /** What the program itself said it holds, where it said so: tells growth that it keeps from what its runtime holds back. */
  readonly own?: { readonly times: Float64Array; readonly values: Float64Array } | undefined;
  readonly events: Events;
}

export interface Suspect {
  /** As in the events. */
  readonly template: number;
  readonly count: number;
  readonly bytes: number;
  /** 0..1: how sure it is that growth follows this statement rather than any other. */
  readonly confidence: number;
  /** Its entry that the most growth followed, as an index into the events. */
  readonly example: number;
}

export interface SuspectOptions extends GrowthOptions {
  /** Circular shifts that a statement's sum is set against. */
  readonly shifts?: number;
  /** Suspects under this share of the range are not named. */
  readonly leastShare?: number;
  /** A statement whose entries span this share of the run stands next to all of its growth. */
  readonly throughout?: number;
  /** A statement with jumps behind fewer of its entries is passed over as the origin of one. */
  readonly bystander?: number;
}

const DEFAULTS = { shifts: 200, leastShare: 0.02, throughout: 0.7, bystander: 0.25 };
/** Growth of the whole run under this share of its peak needs no culprit. */
const NOTHING = 0.1;
/** What allocators and runtimes gain and lose by themselves. Unit: bytes. */
const LEAST_BYTES = 4 * 1024 * 1024;
/** How far back a jump is followed over bystanders, as a share of the run. */
const LOOK_BACK = 0.05;
/** Statements that are looked at one by one; the others gained less. */
const MOST_LOOKED_AT = 200;

export function findSuspects(input: SuspectInput, options: SuspectOptions = {}): Suspect[] {
  const { shifts, leastShare, throughout, bystander } = { ...DEFAULTS, ...options };
  const { events } = input;
  const first = events.times[0];
  if (first === undefined) return [];
  const growth = growthOf(input.times, input.values, input.peaks ?? null, first, options);
  if (growth === null) return [];
  const { curve, upMs, endMs, range, peak } = growth;
  if (highestAfter(curve, upMs) - valueAt(curve, upMs) < NOTHING * peak) return [];
  const n = events.times.length;
  const counts = new Map<number, number>();
  const eventCounts = new Map<number, number>();
  for (let at = 0; at < n; at += 1) {
    const id = events.templates[at]!;
    counts.set(id, (counts.get(id) ?? 0) + events.counts[at]!);
    eventCounts.set(id, (eventCounts.get(id) ?? 0) + 1);
  }
  const tally = new Map<number, Tally>();
  const tallyOf = (id: number): Tally => {
    const known = tally.get(id);
    if (known !== undefined) return known;
    const made: Tally = { jumps: 0, slow: 0, confidence: 0, best: 0, example: -1 };
    tally.set(id, made);
    return made;
  };

  const spans = spansOf(events);

  // Jumps.
  const step = medianStep(curve);
  const reachMs = LOOK_BACK * (endMs - upMs);
  const begun = new Map<number, number>();
  for (const at of new Set(growth.jumps.map((jump) => originOf(jump, events, step, () => false)))) {
    if (at >= 0) begun.set(events.templates[at]!, (begun.get(events.templates[at]!) ?? 0) + 1);
  }
  const until = (at: number): number => Math.min(endMs, Math.max(upMs, at + 1 < n ? events.times[at + 1]! : endMs));
  const always = (id: number): boolean => {
    const span = spans.get(id)!;
    return (
      until(span.last) - Math.max(upMs, events.times[span.first]!) >= throughout * (endMs - upMs) &&
      eventCounts.get(id)! > 5
    );
  };
  // Written for some time already, and mostly nothing followed.
  const passedOver = (id: number, jump: Jump): boolean =>
    eventCounts.get(id)! > 3 &&
    (begun.get(id) ?? 0) < bystander * eventCounts.get(id)! &&
    (always(id) || events.times[spans.get(id)!.first]! < jump.startMs - reachMs);
  const owned = new Map<number, Jump[]>();
  for (const jump of growth.jumps) {
    const at = originOf(jump, events, step, passedOver);
    if (at < 0 || events.times[at]! < jump.startMs - reachMs) continue;
    const others = owned.get(at);
    if (others === undefined) owned.set(at, [jump]);
    else others.push(jump);
  }
  const exposure = new Map<number, number>();
  for (let at = 0; at < n; at += 1) {
    const id = events.templates[at]!;
    const ms = until(at) - Math.max(upMs, events.times[at]!);
    exposure.set(id, (exposure.get(id) ?? 0) + Math.max(0, ms) / Math.max(endMs - upMs, 1));
  }
  for (const [at, jumps] of owned) {
    const one = tallyOf(events.templates[at]!);
    // What one entry gained, gave back and gained again counts once.
    const bytes =
      Math.max(...jumps.map((jump) => valueAt(curve, jump.startMs) + jump.bytes)) - valueAt(curve, jumps[0]!.startMs);
    one.jumps += bytes;
    // A jump at any other time would have followed the same statement as often as it was the last one to write.
    one.confidence = 1 - (1 - one.confidence) * Math.min(1, exposure.get(events.templates[at]!)!);
    if (bytes > one.best) {
      one.best = bytes;
      one.example = at;
    }
  }
  const apart = [...owned.values()].flat().sort((a, b) => a.startMs - b.startMs);

  // Slow growth.
  const own = input.own === undefined ? null : alive(input.own.times, input.own.values);
  const next = new Map<number, number>();
  for (let at = 0; at < n; at += 1) {
    const id = events.templates[at]!;
    const gain = valueAt(curve, until(at)) - valueAt(curve, Math.max(upMs, events.times[at]!));
    next.set(id, (next.get(id) ?? 0) + Math.max(0, gain));
  }
  const looked = [...next.keys()].sort((a, b) => next.get(b)! - next.get(a)! || a - b).slice(0, MOST_LOOKED_AT);
  const everywhere = gains(keptUntil(curve, upMs, endMs), events, apart, upMs, until, 0, n);
  const ownGains = own === null ? null : gains(keptUntil(own, upMs, endMs), events, apart, upMs, until, 0, n);
  const keptTotal = keptGrowth(curve, upMs, endMs);
  const ownTotal = own === null ? 0 : keptGrowth(own, upMs, endMs);
  for (const id of looked) {
    const span = spans.get(id)!;
    const from = Math.max(upMs, events.times[span.first]!);
    const to = until(span.last);
    const everySide = always(id);
    const here = everySide
      ? (ownGains ?? everywhere)
      : gains(keptUntil(curve, from, to), events, apart, upMs, until, span.first, span.last + 1);
    let sum = 0;
    let total = 0;
    const one = tallyOf(id);
    for (let at = span.first; at <= span.last; at += 1) {
      const gain = here[at]!;
      total += gain;
      if (events.templates[at] !== id) continue;
      sum += gain;
      if (gain > one.best) {
        one.best = gain;
        one.example = at;
      }
    }
    if (sum <= 0) continue;
    if (!everySide) {
      one.slow = sum;
      one.confidence = Math.max(one.confidence, total > 0 ? sum / total : 0);
    } else {
      const chance = shifted(here, events.templates, id, shifts);
      const all = ownGains === null ? keptTotal : ownTotal;
      const dominance = all > 0 ? Math.min(1, sum / all) : 0;
      // More than everything else together is worth saying even where it may be chance; a share like all others' is not.
      const leads = dominance > 0.5 ? dominance : 0;
      const unlikely = 1 - Math.min(1, chance * looked.length);
      const sure = Math.max(leads, unlikely);
      one.slow = sum * sure;
      one.confidence = Math.max(one.confidence, sure);
    }
  }
  const found = [...tally]
    .map(([template, one]) => ({
      template,
      count: counts.get(template)!,
      bytes: one.jumps + one.slow,
      confidence: Math.min(1, one.confidence),
      example: one.example,
    }))
    .filter((suspect) => suspect.bytes >= leastShare * range)
    .sort((a, b) => b.bytes - a.bytes || a.template - b.template);
  return found.length > 0 && found[0]!.bytes >= LEAST_BYTES ? found : [];
}

/**
 * The entry that a jump follows, -1 for none: the last before it whose statement counts. Of entries that may have come before
 * it or after, because their stamps are coarse, it is the first.
 */
function originOf(jump: Jump, events: Events, stepMs: number, passedOver: (id: number, jump: Jump) => boolean): number {
  const { times, stamps, templates } = events;
  // Within one sample the order of growth and entry cannot be told.
  const sure = after(times, jump.startMs + stepMs);
  for (let at = sure; at < times.length && stamps[at]! <= jump.startMs; at += 1) {
    if (!passedOver(templates[at]!, jump)) return at;
  }
  let at = sure - 1;
  while (at >= 0 && passedOver(templates[at]!, jump)) at -= 1;
  return at;
}

interface Tally {
  jumps: number;
  slow: number;
  confidence: number;
  best: number;
  example: number;
}

function highestAfter({ times, values }: Curve, ms: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let at = Math.max(0, after(times, ms) - 1); at < times.length; at += 1) if (values[at]! > top) top = values[at]!;
  return top;
}

function keptGrowth(curve: Curve, fromMs: number, toMs: number): number {
  const kept = keptUntil(curve, fromMs, toMs);
  return valueAt(kept, toMs) - valueAt(kept, fromMs);
}

function medianStep({ times }: Curve): number {
  const steps = times
    .slice(1)
    .map((time, at) => time - times[at]!)
    .sort();
  return steps[steps.length >> 1] ?? 0;
}

/** First and last event of each statement. */
function spansOf(events: Events): Map<number, { first: number; last: number }> {
  const spans = new Map<number, { first: number; last: number }>();
  events.templates.forEach((id, at) => {
    const span = spans.get(id);
    if (span === undefined) spans.set(id, { first: at, last: at });
    else span.last = at;
  });
  return spans;
}

/** What was gained from each event until the next, jumps left out; 0 outside `first`..`to`-1. */
function gains(
  kept: Curve,
  events: Events,
  jumps: readonly Jump[],
  upMs: number,
  until: (at: number) => number,
  first: number,
  to: number,
): Float64Array {
  const out = new Float64Array(events.times.length);
  let jump = 0;
  for (let at = first; at < to; at += 1) {
    const from = Math.max(upMs, events.times[at]!);
    const end = until(at);
    if (end <= from) continue;
    let gain = valueAt(kept, end) - valueAt(kept, from);
    while (jump < jumps.length && jumps[jump]!.endMs <= from) jump += 1;
    for (let j = jump; j < jumps.length && jumps[j]!.startMs < end; j += 1) {
      const { startMs, endMs } = jumps[j]!;
      gain -= valueAt(kept, Math.min(end, endMs)) - valueAt(kept, Math.max(from, startMs));
    }
    out[at] = gain;
  }
  return out;
}

/** How often the statement gathers as much when all entries are turned round the run by so many places. 0..1. */
function shifted(gain: Float64Array, templates: Int32Array, id: number, shifts: number): number {
  const n = gain.length;
  const places: number[] = [];
  for (let at = 0; at < n; at += 1) if (templates[at] === id) places.push(at);
  let sum = 0;
  for (const at of places) sum += gain[at]!;
  const turns = Math.min(shifts, n - 1);
  let asMuch = 1;
  for (let turn = 1; turn <= turns; turn += 1) {
    const by = Math.floor((turn * n) / (turns + 1)) || 1;
    let other = 0;
    for (const at of places) other += gain[(at + by) % n]!;
    if (other >= sum) asMuch += 1;
  }
  return asMuch / (turns + 1);
}
