import { expect, test, vi } from 'vitest';
import { RecordingFormatError, TidemarkError, UnavailableError, UsageError } from './errors.js';

test('an error from another copy of these classes is known for what it is', async () => {
  vi.resetModules();
  const other = await import('./errors.js');
  expect(other.UsageError).not.toBe(UsageError);
  const usage = new other.UsageError('wrong');
  expect([usage instanceof TidemarkError, usage instanceof UsageError, usage instanceof UnavailableError]).toEqual([
    true,
    true,
    false,
  ]);
});

test('a class of its own is no other, and other errors are none of ours', () => {
  class Special extends TidemarkError {
    override readonly name = 'Special';
  }
  expect([new Special('x') instanceof TidemarkError, new UsageError('x') instanceof Special]).toEqual([true, false]);
  expect(new UsageError('x') instanceof Error).toBe(true);
  for (const value of [new Error('x'), new TypeError('x'), null, undefined, 'UsageError', { name: 'UsageError' }]) {
    expect(value instanceof UsageError).toBe(false);
    expect(value instanceof TidemarkError).toBe(false);
  }
});

test('a format error says where, what was expected and what was found', () => {
  const error = new RecordingFormatError('run.csv:812', '14 cells', '9', 'The rest was read.');
  expect([error.message, error.advice]).toEqual(['run.csv:812: expected 14 cells, found 9', 'The rest was read.']);
});
