// Captured output has two clocks: when a line arrived, and what the job printed. Which of them counts.
import { zoneFromArrival } from './arrival-zone.js';
import { LineReader } from './line-reader.js';
import type { ReadPlan } from './read-plan.js';

/** Whether captured lines are dated by their own stamps, and what their arrivals say about the zone. */
export function judgeOwnStamps(
  plan: ReadPlan,
  sample: { readonly texts: readonly string[]; readonly arrivals: readonly number[] },
): { ownStamps: boolean; arrivalOffset: number | null } {
  if (plan.layouts.length === 0) return { ownStamps: false, arrivalOffset: null };
  const reader = new LineReader(plan);
  const walls: { wall: number; arrival: number }[] = [];
  const stated: { wall: number; arrival: number }[] = [];
  let relative = 0;
  sample.texts.forEach((text, at) => {
    const facts = reader.read(text);
    if (facts.continues || Number.isNaN(facts.time)) return;
    if (facts.relative !== 'no') relative += 1;
    else (facts.stated ? stated : walls).push({ wall: facts.time, arrival: sample.arrivals[at]! });
  });
  const main = walls.length >= stated.length ? walls : stated;
  if (main.length === 0) return { ownStamps: relative > 0, arrivalOffset: null };
  const offset = zoneFromArrival(main);
  if (offset === null) return { ownStamps: false, arrivalOffset: null };
  return { ownStamps: true, arrivalOffset: walls.length > 0 && main === walls ? offset : null };
}
