// What `run` and `record` have in common on the command line.
import { UsageError } from '@tidemark/shared/errors.js';
import { parseDuration } from '@tidemark/shared/words/durations.js';
import type { Command } from 'commander';

export function recordingOptions(command: Command, defaultInterval: string): Command {
  return command
    .option('-i, --interval <time>', 'time between samples: 100ms, 1s; a bare number is seconds', defaultInterval)
    .option(
      '-o, --output <path>',
      'a new folder, or a .csv with the other files beside it (default: a folder under tidemark-runs)',
    )
    .option('--label <text>', 'a name for the recording')
    .option(
      '--reset-peaks',
      'know the exact peak of every interval by resetting VmHWM after each sample. This wipes what others read as the peak: the job in its own VmHWM, its parent in ru_maxrss (time -v, wait4)',
      false,
    )
    .option(
      '--per-process',
      'keep processes.csv as well: what each process of the job held, every second, and when it came and went',
      false,
    )
    .option('--gpu', 'record the memory of NVIDIA cards as well (nvidia-smi, every two seconds)', false)
    .option('-q, --quiet', 'say nothing but errors', false);
}

/** Milliseconds. Throws UsageError for what is no time, or no time to sample at. */
export function interval(text: string): number {
  const ms = duration('--interval', text);
  if (ms < 1 || ms > 86_400_000) throw new UsageError(`--interval: expected 1ms to 1d, found ${text}`);
  return ms;
}

/** Milliseconds. Throws UsageError for what is no time. */
export function duration(option: string, text: string): number {
  const ms = parseDuration(text);
  if (ms === null) throw new UsageError(`${option}: expected a time such as 100ms, 1s or 2h, found ${text}`);
  return ms;
}
