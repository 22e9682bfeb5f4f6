import { UsageError } from '@tidemark/shared/errors.js';
import { Command } from 'commander';

export function markCommand(): Command {
  return new Command('mark')
    .description('Put a mark into the recording that is running.')
    .argument('[text]', 'what to call this instant')
    .option('-m, --message <text>', 'the same as the argument')
    .option('--recording <path>', 'which recording (default: the newest that runs under tidemark-runs)')
    .option('-q, --quiet', 'say nothing but errors', false)
    .action(async (text: string | undefined, options: { message?: string; recording?: string; quiet: boolean }) => {
      if (text !== undefined && options.message !== undefined)
        throw new UsageError('mark: two texts given', 'Give one, as the argument or with -m.');
      const words = text ?? options.message;
      if (words === undefined || words.trim() === '')
        throw new UsageError('mark: no text given', 'For example: tidemark mark "cache warm"');
      const { mark } = await import('@tidemark/recorder');
      const shown = mark({ text: words, recording: options.recording ?? null });
      if (!options.quiet) process.stderr.write(`tidemark: marked in ${shown}\n`);
    });
}
