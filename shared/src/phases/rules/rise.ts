import { FAST_STEEPNESS, type PhaseRule } from './rule.js';

export const rise: PhaseRule = { kind: 'rise', matches: ({ r, s }) => r > 0 && s >= FAST_STEEPNESS };
