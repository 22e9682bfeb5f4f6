import { expect, test, vi } from 'vitest';
import { isTidemarkError, RecordingFormatError, TidemarkError, UsageError } from './errors.js';

test('an error from another copy of these classes is known for ours', async () => {
  vi.resetModules();
  const other = await import('./errors.js');
  const usage = new other.UsageError('wrong', 'Do right.');
  expect(usage instanceof TidemarkError).toBe(false);
  expect(isTidemarkError(usage)).toBe(true);
});

test('a class of its own is ours, and other errors are not', () => {
  class Special extends TidemarkError {
    override readonly name = 'Special';
  }
  expect([new Special('x'), new UsageError('x')].map(isTidemarkError)).toEqual([true, true]);
  for (const value of [new Error('x'), new TypeError('x'), null, undefined, 'UsageError', { name: 'UsageError' }]) {
    expect(isTidemarkError(value)).toBe(false);
  }
});

test('a format error says where, what was expected and what was found', () => {
  const error = new RecordingFormatError('run.csv:812', '14 cells', '9', 'The rest was read.');
  expect([error.message, error.advice]).toEqual(['run.csv:812: expected 14 cells, found 9', 'The rest was read.']);
});
