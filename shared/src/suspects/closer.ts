// A second look at statements that write all through a run: what follows their single entries. Two ways to see it, which fail in different
// places: what stays until the next entry of any statement, set against what follows the same entries when they are turned round the run
// (circular shifts), and what memory does from sample to sample (response.ts).
import type { Attribution, Attributions } from './attribute.js';
import type { Writings } from './courses.js';
import type { Places } from './entries.js';
import type { Curve } from './growth.js';
import { responses } from './response.js';

/** So many statements are looked at, those that the level speaks for most. */
const MOST_LOOKED_AT = 24;

export interface CloserLook extends Attribution {
  /** What followed its entries and stayed. Unit: bytes. */
  readonly gained: number;
}

export interface CloserInput {
  /** What followed each event and stayed. */
  readonly gain: Float64Array;
  readonly places: Places;
  readonly level: Curve;
  readonly writings: (template: number) => Writings;
  readonly shifts: number;
}

/** The probabilities with what the single entries say. */
export function closer(told: Attributions, { gain, places, level, writings, shifts }: CloserInput): CloserLook[] {
  const looked = told.statements.toSorted((a, b) => b.probability - a.probability).slice(0, MOST_LOOKED_AT);
  const ratios = responses(
    level,
    looked.map(({ template, bytes }) => ({ ...writings(template), bytes })),
  );
  const list = told.statements.map((one) => {
    const its = places.get(one.template)!;
    const gained = gathered(gain, its, 0);
    const at = looked.indexOf(one);
    const follows = at >= 0 && gained > 0 ? atMostFor(shifted(gain, its, shifts)) : 1;
    return { ...one, gained, weight: one.probability * follows * (ratios[at] ?? 1) };
  });
  const nobody = told.statements.reduce((rest, { probability }) => rest - probability, 1);
  const all = list.reduce((sum, { weight }) => sum + weight, Math.max(0, nobody));
  return list.map(({ weight, ...one }) => ({ ...one, probability: all > 0 ? weight / all : 0 }));
}

/** The most that a chance of `p` can speak for an effect (Sellke, Bayarri and Berger, The American Statistician 55, 2001). */
const atMostFor = (p: number): number => (p < 1 / Math.E ? 1 / (-Math.E * p * Math.log(p)) : 1);

/** How often the statement, with events at `places`, gathers as much when all are turned round the run by so many places. 0..1. */
function shifted(gain: Float64Array, places: Uint32Array, shifts: number): number {
  const n = gain.length;
  const sum = gathered(gain, places, 0);
  const turns = Math.min(shifts, n - 1);
  let asMuch = 1;
  for (let turn = 1; turn <= turns; turn += 1) {
    const by = Math.floor((turn * n) / (turns + 1)) || 1;
    if (gathered(gain, places, by) >= sum) asMuch += 1;
  }
  return asMuch / (turns + 1);
}

/** What follows the events at `places`, each moved on by so many places round the run. */
function gathered(gain: Float64Array, places: Uint32Array, by: number): number {
  const n = gain.length;
  let sum = 0;
  for (let i = 0; i < places.length; i += 1) {
    const to = places[i]! + by;
    sum += gain[to < n ? to : to - n]!;
  }
  return sum;
}
