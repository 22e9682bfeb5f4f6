import type { PhaseRule } from './rule.js';

export const fall: PhaseRule = { kind: 'fall', matches: ({ r }) => r < 0 };
