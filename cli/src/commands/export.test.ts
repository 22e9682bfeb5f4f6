import { UsageError } from '@tidemark/shared/errors.js';
import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { exportCommand } from './export.js';

const run = (...args: string[]): Promise<unknown> =>
  exportCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(args, { from: 'user' });

describe('a command line that makes no picture', () => {
  test.each([
    [['runs/x', '-o', 'x.png', '--width', 'abc'], '--width abc: expected a whole number above 0.'],
    [['runs/x', '-o', 'x.png', '--height', '-5'], '--height -5: expected a whole number above 0.'],
    [['runs/x', '-o', 'x.png', '--width', '10.5'], '--width 10.5: expected a whole number above 0.'],
    [['runs/x', '-o', 'x.png', '--scale', '0'], '--scale 0: expected a number above 0.'],
  ])('%j', async (args, message) => {
    const failed = run(...args);
    await expect(failed).rejects.toThrow(UsageError);
    await expect(failed).rejects.toThrow(message);
  });

  test.each([
    [['runs/x']],
    [['runs/x', '-o', 'x.png', '--theme', 'pink']],
    [['runs/x', '-o', 'x.png', '--frames', '3']],
  ])('%j', async (args) => {
    await expect(run(...args)).rejects.toThrow(CommanderError);
  });
});
