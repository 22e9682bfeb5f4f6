// `tidemark demo`: a small job with every phase, recorded as any other and opened.
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UnavailableError } from '@tidemark/shared/errors.js';
import { Command } from 'commander';
import { calledAs } from '../called-as.js';
import { VERSION } from '../version.js';
import { viewUntilInterrupted } from '../view-until-interrupted.js';

/** Built beside the command; see scripts/build.mjs. */
const JOB = fileURLToPath(new URL('demo-job.js', import.meta.url));

interface DemoFlags {
  output?: string;
  open?: boolean;
  view: boolean;
}

export function demoCommand(): Command {
  return new Command('demo')
    .description('Record a small job that shows every phase (20 s), and open it.')
    .option('-o, --output <path>', 'where to record (default: a folder under tidemark-runs)')
    .option('--open', 'open the browser (default: where there is a display)')
    .option('--no-open', 'only print the address')
    .option('--no-view', 'record only')
    .action(demo);
}

/** As a person would type it here: the picture of the demo shows it. */
function jobCommand(): string[] {
  const fromHere = relative(process.cwd(), JOB);
  const first = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .find((path) => existsSync(path));
  const isOurs = first !== undefined && realpathSync(first) === realpathSync(process.execPath);
  return [isOurs ? 'node' : process.execPath, fromHere.startsWith('..') ? JOB : fromHere];
}

async function demo(flags: DemoFlags): Promise<void> {
  process.stderr.write('tidemark: recording the demo job for about 20 s; this is its log:\n');
  const { runJob, latestRecording } = await import('@tidemark/recorder');
  const exitCode = await runJob({
    command: jobCommand(),
    intervalMs: 100,
    output: flags.output ?? null,
    label: 'demo',
    logs: [],
    quiet: false,
    unbuffer: true,
    version: VERSION,
    calledAs: calledAs(),
  });
  process.exitCode = exitCode;
  if (exitCode !== 0 || !flags.view) return;
  const recording = flags.output ?? latestRecording();
  if (recording === null) throw new UnavailableError('the recording of the demo is gone: somebody removed it');
  await viewUntilInterrupted({ paths: [recording], logs: [], open: flags.open ?? 'auto' });
}
