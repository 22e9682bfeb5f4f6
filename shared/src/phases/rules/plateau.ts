import { LEVEL_SHARE, type PhaseRule } from './rule.js';

/** A line tilted by one step, too small to be cut out of it, goes nowhere. */
const STEP_SHARE = 2 * LEVEL_SHARE;

export const plateau: PhaseRule = {
  kind: 'plateau',
  matches: ({ r, stepped }) => Math.abs(r) < (stepped ? STEP_SHARE : LEVEL_SHARE),
};
