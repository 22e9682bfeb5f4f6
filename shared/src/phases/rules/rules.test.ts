import { expect, test } from 'vitest';
import { PHASE_KINDS } from '../phase.js';
import { nameOf, RULES } from './index.js';

test.each([
  ['level', 0.01, 100, 'plateau'],
  ['level, falling', -0.029, 0.1, 'plateau'],
  ['fast up', 0.5, 3, 'rise'],
  ['slow up', 0.5, 2.9, 'climb'],
  ['fast down', -0.5, 30, 'drop'],
  ['slow down', -0.5, 0.5, 'fall'],
] as const)('%s: a change of %d of the range at steepness %d is a %s', (_name, r, s, kind) => {
  expect(nameOf({ r, s })).toBe(kind);
});

test.each([
  ['a small step between two levels', 0.05, true, 'plateau'],
  ['a slow climb of the same height', 0.05, false, 'climb'],
  ['a step that anyone sees', 0.2, true, 'climb'],
] as const)('%s: %d of the range, stepped %s, is a %s', (_name, r, stepped, kind) => {
  expect(nameOf({ r, s: 1, stepped })).toBe(kind);
});

test('every kind has a rule', () => {
  expect(RULES.map(({ kind }) => kind).sort()).toEqual([...PHASE_KINDS].sort());
});
