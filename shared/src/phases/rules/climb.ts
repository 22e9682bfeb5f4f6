import type { PhaseRule } from './rule.js';

export const climb: PhaseRule = { kind: 'climb', matches: ({ r }) => r > 0 };
