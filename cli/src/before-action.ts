// What holds for every subcommand, asked before it does anything.
import { UnavailableError, UsageError } from '@tidemark/shared/errors.js';
import type { Command } from 'commander';

/** Throws TidemarkError for a folder that is gone, and for an option whose value is empty. */
export function beforeAction(_: Command, command: Command): void {
  refuseEmptyValues(command);
  refuseRemovedFolder();
}

/** A variable of a script that was not set (`-o "$OUT"`): the empty path is the folder we are in, and of cgroups the whole machine's. */
function refuseEmptyValues(command: Command): void {
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    const given: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (given.includes('')) throw new UsageError(`${option.long}: expected a value, found an empty one`);
  }
}

function refuseRemovedFolder(): void {
  try {
    process.cwd();
  } catch (cause) {
    throw new UnavailableError(
      'the folder that this was started in has been removed',
      'Change to another one first. Nothing was started.',
      { cause },
    );
  }
}
