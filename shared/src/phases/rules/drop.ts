import { FAST_STEEPNESS, type PhaseRule } from './rule.js';

export const drop: PhaseRule = { kind: 'drop', matches: ({ r, s }) => r < 0 && s >= FAST_STEEPNESS };
