// The names of phases, in the order in which they are tried.
import type { PhaseKind } from '../phase.js';
import { climb } from './climb.js';
import { drop } from './drop.js';
import { fall } from './fall.js';
import { plateau } from './plateau.js';
import { rise } from './rise.js';
import type { PhaseRule, Shape } from './rule.js';

export const RULES: readonly PhaseRule[] = [plateau, rise, drop, climb, fall];

export function nameOf(shape: Shape): PhaseKind {
  return RULES.find((rule) => rule.matches(shape))?.kind ?? 'plateau';
}
