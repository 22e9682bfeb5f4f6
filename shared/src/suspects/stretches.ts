// Statements with a stretch of their own (an import, a batch) beside others that are written all the time: where memory climbs over that
// stretch and hardly elsewhere, the course of the level says so, whoever happens to write between two entries of it.
import { type Attribution, attribute } from './attribute.js';
import type { Writings } from './courses.js';
import type { Curve } from './growth.js';

/** More likely than everything else together. */
const SURE = 0.5;

/** Of `own` those that growth goes with, the surest first, each found beside the ones before it. */
export function stretchesThatGrew(
  level: Curve,
  own: readonly Writings[],
  throughout: readonly Writings[],
): Attribution[] {
  const found: Attribution[] = [];
  const given: Writings[] = [];
  let left = own;
  while (left.length > 0) {
    const told = attribute(level, [...left, ...throughout], given);
    if (told === null) break;
    const best = told.statements.slice(0, left.length).reduce((a, b) => (b.probability > a.probability ? b : a));
    if (best.probability <= SURE) break;
    found.push(best);
    given.push(left.find(({ template }) => template === best.template)!);
    left = left.filter(({ template }) => template !== best.template);
  }
  return found;
}
