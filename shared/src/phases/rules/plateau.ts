import { LEVEL_SHARE, type PhaseRule } from './rule.js';

export const plateau: PhaseRule = { kind: 'plateau', matches: ({ r }) => Math.abs(r) < LEVEL_SHARE };
