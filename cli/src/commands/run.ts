import { UsageError } from '@tidemark/shared/errors.js';
import { parseBytes } from '@tidemark/shared/words/bytes.js';
import { Command } from 'commander';
import { calledAs } from '../called-as.js';
import { repeatable } from '../repeatable.js';
import { VERSION } from '../version.js';
import { interval, type LastingFlags, lasting, recordingOptions } from './recording-options.js';

export function runCommand(): Command {
  return recordingOptions(new Command('run'), '100ms')
    .description('Record a job: its process tree, its container, the machine, and its output.')
    .usage('[options] -- CMD...')
    .argument('[command...]', 'the job, behind a bare --')
    .option(
      '--log <file>',
      'a log that the job writes itself, opened with the recording; may be given several times',
      repeatable,
      [],
    )
    .option('--no-unbuffer', 'leave a piped job its buffers (PYTHONUNBUFFERED and stdbuf -oL are set otherwise)')
    .option(
      '--memory-limit <size>',
      'let the job have so much and no more, in a cgroup of its own (512MiB; no swap): does it fit? Counts page cache, as a container does',
    )
    .passThroughOptions()
    .addHelpText(
      'after',
      `
The exit code is the job's: 128+N when signal N ended it, 127 when it is not found, 126 when it cannot be run.
In a terminal the job keeps a terminal. Examples:
  tidemark run -- python train.py --epochs 3
  tidemark run -i 1s -o nightly/ --log app.log -- make -j4`,
    )
    .action(async (command: string[], options: RunFlags) => {
      const intervalMs = interval(options.interval);
      const memoryLimitBytes = options.memoryLimit === undefined ? null : memoryLimit(options.memoryLimit);
      const { runJob } = await import('@tidemark/recorder');
      process.exitCode = await runJob({
        command,
        intervalMs,
        output: options.output ?? null,
        label: options.label ?? null,
        logs: options.log,
        quiet: options.quiet,
        resetPeaks: options.resetPeaks,
        perProcess: options.perProcess,
        gpu: options.gpu,
        ownCost: options.ownCost,
        memoryLimitBytes,
        unbuffer: options.unbuffer,
        ...lasting(options),
        version: VERSION,
        calledAs: calledAs(),
      });
    });
}

interface RunFlags extends LastingFlags {
  interval: string;
  output?: string;
  label?: string;
  log: string[];
  quiet: boolean;
  resetPeaks: boolean;
  perProcess: boolean;
  gpu: boolean;
  ownCost: boolean;
  unbuffer: boolean;
  memoryLimit?: string;
}

/** A shell and the program's first pages need more than this. */
const SMALLEST_LIMIT = 1024 * 1024;

function memoryLimit(text: string): number {
  const bytes = parseBytes(text);
  if (bytes === null || bytes < SMALLEST_LIMIT)
    throw new UsageError(`--memory-limit: expected a size such as 512MiB, at least 1MiB, found ${text}`);
  return bytes;
}
