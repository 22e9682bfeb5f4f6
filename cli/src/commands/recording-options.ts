// What `run` and `record` have in common on the command line.
import { UsageError } from '@tidemark/shared/errors.js';
import { parseBytes } from '@tidemark/shared/words/bytes.js';
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
    .option(
      '--own-cost',
      'record what the recorder itself takes (its CPU and RSS, every two seconds) and say at the end what each sampler cost',
      false,
    )
    .option('--resume', 'go on with the recording that -o names, after a restart; begin it when it is not there', false)
    .option(
      '--rotate <size|time>',
      'put memory.csv, processes.csv and output.log aside when they are so large or so old: 256MiB, 1d, or both: 256MiB,1d. All parts are read as one recording',
    )
    .option('--keep <n>', 'with --rotate: keep so many parts that were put aside and remove older ones')
    .option('--pid-file <file>', 'write our pid there while we run')
    .option('-q, --quiet', 'say nothing but errors', false);
}

export interface LastingFlags {
  resume: boolean;
  rotate?: string;
  keep?: string;
  pidFile?: string;
}

/** What a recording of weeks needs. Throws UsageError. */
export function lasting({ resume, rotate, keep, pidFile }: LastingFlags) {
  if (keep !== undefined && rotate === undefined)
    throw new UsageError('--keep: there are no parts to keep without --rotate', 'Say how large: --rotate 256MiB.');
  if (keep !== undefined && !/^[1-9]\d{0,5}$/.test(keep))
    throw new UsageError(`--keep: expected a number of parts from 1, found ${keep}`);
  const limits = rotate === undefined ? null : rotationLimits(rotate);
  return {
    resume,
    pidFile: pidFile ?? null,
    rotation: limits === null ? null : { ...limits, keep: keep === undefined ? null : Number(keep) },
  };
}

/** Smaller parts would be files without end. */
const SMALLEST_PART = 4096;
const SHORTEST_PART_MS = 1000;

function rotationLimits(text: string): { bytes: number | null; ms: number | null } {
  const limits: { bytes: number | null; ms: number | null } = { bytes: null, ms: null };
  for (const part of text.split(',')) {
    // A bare number would be bytes to one and seconds to the other.
    const ms = /[a-z]/i.test(part) ? parseDuration(part) : null;
    const bytes = ms === null && /[a-z]/i.test(part) ? parseBytes(part) : null;
    if (ms !== null && ms >= SHORTEST_PART_MS && limits.ms === null) limits.ms = ms;
    else if (bytes !== null && bytes >= SMALLEST_PART && limits.bytes === null) limits.bytes = bytes;
    else
      throw new UsageError(
        `--rotate: expected a size from 4KiB or a time from 1s such as 256MiB, 1d or 256MiB,1d, found ${text}`,
      );
  }
  return limits;
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
