import { UsageError } from '@tidemark/shared/errors.js';
import { Command } from 'commander';
import { calledAs } from '../called-as.js';
import { repeatable } from '../repeatable.js';
import { VERSION } from '../version.js';
import { duration, interval, type LastingFlags, lasting, recordingOptions } from './recording-options.js';

export function recordCommand(): Command {
  return recordingOptions(new Command('record'), '1s')
    .description('Record without a job: the machine and its container, or a process that runs already.')
    .option('-p, --pid <pid>', 'follow this process and its descendants until it ends')
    .option('--cgroup <path>', 'the cgroup to record: its folder, or its path as /proc/PID/cgroup shows it')
    .option(
      '--container <name|id>',
      'the container to record, followed through restarts (Docker, Podman; DOCKER_SOCKET names another socket)',
    )
    .option('--duration <time>', 'stop after this time: 90s, 2h')
    .option('--log <file>', 'a log of what is recorded, opened with it; may be given several times', repeatable, [])
    .addHelpText('after', '\nStops at Ctrl-C or TERM, and exits 0 then.')
    .action(async (options: RecordFlags) => {
      const intervalMs = interval(options.interval);
      const durationMs = options.duration === undefined ? null : duration('--duration', options.duration);
      const { record } = await import('@tidemark/recorder');
      await record({
        intervalMs,
        durationMs,
        output: options.output ?? null,
        label: options.label ?? null,
        logs: options.log,
        quiet: options.quiet,
        resetPeaks: options.resetPeaks,
        perProcess: options.perProcess,
        gpu: options.gpu,
        ownCost: options.ownCost,
        ...lasting(options),
        version: VERSION,
        calledAs: calledAs(),
        pid: options.pid === undefined ? null : pidFrom(options.pid),
        cgroup: options.cgroup ?? null,
        container: options.container ?? null,
      });
    });
}

interface RecordFlags extends LastingFlags {
  interval: string;
  output?: string;
  label?: string;
  log: string[];
  quiet: boolean;
  resetPeaks: boolean;
  perProcess: boolean;
  gpu: boolean;
  ownCost: boolean;
  pid?: string;
  cgroup?: string;
  container?: string;
  duration?: string;
}

function pidFrom(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new UsageError(`--pid: expected a process number, found ${text}`);
  return Number(text);
}
