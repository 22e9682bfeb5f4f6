// Which log statement does growth coincide with? Two kinds of growth, two answers:
//
// A jump (growth.ts) has one origin. It belongs to the entry before it began; an entry that is written all the time, mostly
// without any jump behind it (a heartbeat), is passed over for the one before.
//
// Slow growth belongs to the statement whose entry came last, summed over all its entries: what was gained until the next
// entry and was still there when the statement had run for the last time. A statement that is written from the first to the
// last minute sits next to growth whatever happens: there the course of the level tells (attribute.ts), and what follows its single
// entries more than what follows them by chance (closer.ts). What is left open is shared.
//
// "Coincides", never "causes".
import type { Phase } from '../phases/phase.js';
import { attribute, NOTHING_BYTES } from './attribute.js';
import { closer } from './closer.js';
import type { Writings } from './courses.js';
import { placesOf, writingsOf } from './entries.js';
import { alive, type GrowthOptions, growthOf, keptUntil, valueAt } from './growth.js';
import { jumpOrigins } from './jump-origins.js';
import { apartFrom, gains, highestAfter, keptGrowth } from './kept.js';
import { stretchesThatGrew } from './stretches.js';
import type { Events } from './timeline.js';

export interface SuspectInput {
  /** Epoch ms, ascending; bytes, NaN where nothing was measured. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** The highest value since the sample before, for the same rows. */
  readonly peaks?: Float64Array | undefined;
  /** What the program itself said it holds, where it said so: tells growth that it keeps from what its runtime holds back. */
  readonly own?: { readonly times: Float64Array; readonly values: Float64Array } | undefined;
  /** Of the same values, where they are known already. */
  readonly phases?: readonly Phase[] | undefined;
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
/** Growth under this share of what it is seen beside needs no culprit. */
const NOTHING = 0.1;
/** Growth that several statements share has no moment that stands out: as much must be in question. Unit: bytes. */
const SHARED_BYTES = 2 * NOTHING_BYTES;
/** Statements with a stretch of their own that growth is given to first: at most so many, each with this share of the range. */
const MOST_BESIDE = 4;
const BESIDE = 0.05;
/** An answer is open while its first suspect is less sure; then so many are named down to this share of what is named else. */
const OPEN_BELOW = 0.9;
const OPEN_PLACES = 3;
const OPEN_SHARE = 0.25;
/** Statements that are looked at one by one; the others gained less. */
const MOST_LOOKED_AT = 200;

export function findSuspects(input: SuspectInput, options: SuspectOptions = {}): Suspect[] {
  const { shifts, leastShare, throughout, bystander } = { ...DEFAULTS, ...options };
  const { events } = input;
  const first = events.times[0];
  if (first === undefined) return [];
  const growth = growthOf(input.times, input.values, input.peaks ?? null, first, options, input.phases);
  if (growth === null) return [];
  const { curve, upMs, endMs, range, beside } = growth;
  if (highestAfter(curve, upMs) - valueAt(curve, upMs) < NOTHING * beside) return [];
  const n = events.times.length;
  const places = placesOf(events.templates);
  const tally = new Map<number, Tally>();
  const tallyOf = (id: number): Tally => {
    const known = tally.get(id);
    if (known !== undefined) return known;
    const made: Tally = { jumps: 0, slow: 0, stretch: 0, confidence: 0, best: 0, example: -1 };
    tally.set(id, made);
    return made;
  };

  // Jumps.
  const until = (at: number): number => Math.min(endMs, Math.max(upMs, at + 1 < n ? events.times[at + 1]! : endMs));
  const always = (id: number): boolean => {
    const its = places.get(id)!;
    return until(its.at(-1)!) - Math.max(upMs, events.times[its[0]!]!) >= throughout * (endMs - upMs) && its.length > 5;
  };
  const owned = jumpOrigins(growth, events, places, { bystander, always });
  /** The share of the run in which the statement was the last to write. */
  const exposure = (id: number): number => {
    let ms = 0;
    for (const at of places.get(id)!) ms += Math.max(0, until(at) - Math.max(upMs, events.times[at]!));
    return Math.min(1, ms / Math.max(endMs - upMs, 1));
  };
  for (const [at, jumps] of owned) {
    const one = tallyOf(events.templates[at]!);
    // What one entry gained, gave back and gained again counts once.
    const bytes =
      Math.max(...jumps.map((jump) => valueAt(curve, jump.startMs) + jump.bytes)) - valueAt(curve, jumps[0]!.startMs);
    one.jumps += bytes;
    // A jump at any other time would have followed the same statement as often as it was the last one to write.
    one.confidence = 1 - (1 - one.confidence) * exposure(events.templates[at]!);
    if (bytes > one.best) {
      one.best = bytes;
      one.example = at;
    }
  }
  const apart = [...owned.values()].flat().sort((a, b) => a.startMs - b.startMs);

  // Slow growth.
  const own = input.own === undefined ? null : alive(input.own.times, input.own.values);
  const gained = new Map<number, number>();
  for (const [id, its] of places) {
    let sum = 0;
    for (const at of its) {
      sum += Math.max(0, valueAt(curve, until(at)) - valueAt(curve, Math.max(upMs, events.times[at]!)));
    }
    gained.set(id, sum);
  }
  const looked = [...gained.keys()].sort((a, b) => gained.get(b)! - gained.get(a)! || a - b).slice(0, MOST_LOOKED_AT);
  const settled = keptUntil(own ?? curve, upMs, endMs);
  const everywhere = gains(settled, events, apart, upMs, until, 0, n, new Float64Array(n));
  /** For one statement after the other. */
  const room = new Float64Array(n);
  const all = keptGrowth(own ?? curve, upMs, endMs);
  const throughoutRun: number[] = [];
  for (const id of looked) {
    const its = places.get(id)!;
    const first = its[0]!;
    const last = its.at(-1)!;
    const everySide = always(id);
    const kept = everySide ? null : keptUntil(curve, Math.max(upMs, events.times[first]!), until(last));
    const here = kept === null ? everywhere : gains(kept, events, apart, upMs, until, first, last + 1, room);
    let sum = 0;
    const one = tallyOf(id);
    for (const at of its) {
      const gain = here[at]!;
      sum += gain;
      if (gain > one.best) {
        one.best = gain;
        one.example = at;
      }
    }
    if (sum <= 0) continue;
    if (!everySide) {
      let total = 0;
      for (let at = first; at <= last; at += 1) total += here[at]!;
      one.slow = sum;
      one.stretch = total;
      one.confidence = Math.max(one.confidence, total > 0 ? sum / total : 0);
    } else throughoutRun.push(id);
  }
  const writings = (id: number): Writings => writingsOf(id, events, places);
  const largest = (of: 'slow' | 'stretch'): number[] =>
    [...tally]
      .filter(([id, one]) => !throughoutRun.includes(id) && one[of] >= BESIDE * range)
      .sort(([, a], [, b]) => b[of] - a[of])
      .slice(0, MOST_BESIDE)
      .map(([id]) => id);
  const level = apartFrom(own ?? curve, apart, upMs, endMs);
  const ended = new Set(largest('slow'));
  const chatty = throughoutRun.map(writings);
  for (const { template, probability, bytes } of stretchesThatGrew(level, largest('stretch').map(writings), chatty)) {
    const its = tallyOf(template);
    its.slow = Math.max(its.slow, probability * Math.min(bytes, its.stretch));
    its.confidence = Math.max(its.confidence, probability);
    ended.add(template);
  }
  const told = attribute(level, chatty, [...ended].map(writings));
  /** The most that is in question between several statements. */
  let shared = 0;
  const looks = told === null ? [] : closer(told, { gain: everywhere, places, level, writings, shifts });
  // What is in question is the same for all of them.
  const likely = looks.reduce((sum, { probability }) => sum + probability, 0);
  const stake = looks.reduce((sum, one) => sum + one.probability * Math.max(one.gained, one.bytes), 0) / (likely || 1);
  for (const [k, one] of looks.entries()) {
    const dominance = all > 0 ? Math.min(1, one.gained / all) : 0;
    // More than everything else together is worth saying even where it may be chance, unless it is known to be another's; a share like
    // all others' is not.
    const another = Math.max(0, ...looks.filter((_, i) => i !== k).map(({ probability }) => probability));
    const leads = dominance > 0.5 ? dominance * told!.growth * (1 - another) : 0;
    const mean = one.probability * stake;
    const its = tallyOf(one.template);
    its.slow = Math.max(one.gained * leads, mean);
    its.confidence = Math.max(its.confidence, leads, one.probability);
    if (mean >= leastShare * range) shared = Math.max(shared, one.bytes);
  }
  const ranked = [...tally]
    .map(([template, one]) => ({
      template,
      count: places.get(template)!.reduce((sum, at) => sum + events.counts[at]!, 0),
      bytes: one.jumps + one.slow,
      confidence: Math.min(1, one.confidence),
      example: one.example,
    }))
    .sort((a, b) => b.bytes - a.bytes || a.template - b.template);
  const found = ranked.filter((one, place) => one.bytes >= leastFor(place, ranked[0]!) * leastShare * range);
  return found.length > 0 && (found[0]!.bytes >= NOTHING_BYTES || shared >= SHARED_BYTES) ? found : [];
}

/** While it is open which one it is, three are named, if with little. */
const leastFor = (place: number, first: Suspect): number =>
  place > 0 && place < OPEN_PLACES && first.confidence < OPEN_BELOW ? OPEN_SHARE : 1;

interface Tally {
  jumps: number;
  slow: number;
  /** What was gained from its first to its last entry, whoever wrote. */
  stretch: number;
  confidence: number;
  best: number;
  example: number;
}
