// The command `tidemark`: arguments in, exit code out. Errors are printed here, once, and nowhere else.
import { UsageError } from '@tidemark/shared/errors.js';
import { CommanderError } from 'commander';
import { printError } from './print-error.js';
import { program } from './program.js';

try {
  await program().parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed its own message already; --help and --version end here with 0.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    printError(error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
