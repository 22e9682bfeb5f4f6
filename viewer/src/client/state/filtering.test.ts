import { expect, test } from 'vitest';
import { toggleLevel } from './choice.js';
import { whatIsWrong } from './filtering.js';

test('a regular expression that is not finished is named, not thrown', () => {
  expect(whatIsWrong({ text: 'epoch (', regex: true, levels: null })).toMatch(/group/i);
});

test('the same characters are fine as plain text', () => {
  expect(whatIsWrong({ text: 'epoch (', regex: false, levels: null })).toBeNull();
});

test('a sound expression is fine', () => {
  expect(whatIsWrong({ text: 'epoch \\d+', regex: true, levels: null })).toBeNull();
});

test('levels are switched one by one; none or all of them is no condition', () => {
  const all = ['info', 'warn', 'error'] as const;
  expect(toggleLevel(null, 'warn', all)).toEqual(['warn']);
  expect(toggleLevel(['warn'], 'error', all)).toEqual(['warn', 'error']);
  expect(toggleLevel(['warn'], 'warn', all)).toBeNull();
  expect(toggleLevel(['info', 'warn'], 'error', all)).toBeNull();
});
