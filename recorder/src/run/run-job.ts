// `tidemark run`: starts a job, records it while it runs, and ends as it ended.

import { constants, tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { isatty } from 'node:tty';
import { UsageError } from '@tidemark/shared/errors.js';
import { verdictRemark } from '@tidemark/shared/oom/words.js';
import type { OwnGroup } from '../cgroup/enter-group.js';
import { findGroup } from '../cgroup/find-group.js';
import { makeOwnGroup } from '../cgroup/own-group.js';
import { gpuAsked } from '../gpu/gpu.js';
import { JobTree } from '../job-tree/job-tree.js';
import type { Rotation } from '../recording/parts.js';
import { Recording, warnAboutLogs } from '../recording/recording.js';
import { say, sayOnce } from '../recording/say.js';
import { takeAway } from '../recording/take-away.js';
import { prepareTarget } from '../recording/target.js';
import { inWords } from '../recording/trouble.js';
import { REAL_ROOTS } from '../samplers/sampler.js';
import { errorCode } from '../sampling/kernel-file.js';
import { findCommand } from './find-command.js';
import { type Inherited, inherited } from './inherited.js';
import type { JobEnd, NotStarted, StartedJob } from './job.js';
import { leftBehind } from './left-behind.js';
import type { OutputLog } from './output-log.js';
import { shellLine } from './shell-words.js';
import { type Forwarding, forwardSignals } from './signals.js';
import { type StartOptions, startOnPipes } from './start-on-pipes.js';
import { startOnTerminal, terminalMakerFor, terminalsOfOurs } from './terminal.js';
import { unbufferedEnvironment } from './unbuffered.js';

export interface RunOptions {
  readonly command: readonly string[];
  /** A folder, or a file ending in .csv; null for a folder of its own. */
  readonly output: string | null;
  readonly intervalMs: number;
  readonly label: string | null;
  readonly logs: readonly string[];
  /** Say nothing but errors. */
  readonly quiet: boolean;
  /** Ask the job to write its lines at once when its stdout is not a terminal. */
  readonly unbuffer: boolean;
  /** Wipe what the job and its parent read as its peak, to know the peak of every interval. */
  readonly resetPeaks?: boolean;
  /** Record NVIDIA cards, where there are any. */
  readonly gpu?: boolean;
  /** Keep a line for each process in processes.csv. */
  readonly perProcess?: boolean;
  /** Record what the recorder itself takes as well, and say it at the end. */
  readonly ownCost?: boolean;
  /** Give the job a cgroup of its own that may hold so much; null for none. */
  readonly memoryLimitBytes?: number | null;
  /** Go on with the recording at `output` when there is one. */
  readonly resume?: boolean;
  readonly rotation?: Rotation | null;
  readonly pidFile?: string | null;
  readonly version: string;
  /** How the person calls the command; the summary says what to type next. */
  readonly calledAs?: string;
}

/**
 * Records one job from start to end. Resolves to the exit code: the job's own, 128+N when signal N ended it, 127 or 126 when it
 * could not be started. Throws TidemarkError when the recording cannot be made; the job is not started then.
 */
export async function runJob(options: RunOptions): Promise<number> {
  if (options.command.length === 0)
    throw new UsageError('run: no command given', 'Put it behind a bare --: tidemark run -- make -j4');
  // First of all, before descriptors are opened.
  const given = inherited();
  const found = findCommand(options.command[0] ?? '', process.env.PATH);
  if ('exitCode' in found) return refuse(found);
  const forwarding = forwardSignals(given.ignored);
  const limit = options.memoryLimitBytes ?? null;
  if (limit === null) return recordJob(options, given, forwarding, null);
  const own = await makeOwnGroup(limit, REAL_ROOTS);
  try {
    return await recordJob(options, given, forwarding, own);
  } finally {
    const left = await own.remove();
    if (left !== null) say(`tidemark: ${left}; remove it by hand when that has ended`);
  }
}

async function recordJob(
  options: RunOptions,
  given: Inherited,
  forwarding: Forwarding,
  own: OwnGroup | null,
): Promise<number> {
  const gpu = await gpuAsked(options.gpu ?? false);
  // What came while we were busy is heard in the next turn of the event loop.
  await new Promise(setImmediate);
  const [early] = forwarding.early;
  if (early !== undefined) {
    forwarding.stop();
    say(`tidemark: stopped by ${early}; the job was not started`);
    return 128 + constants.signals[early];
  }
  let ended = false;
  const hurried = new Promise<void>((resolve) => {
    forwarding.onSignal = () => {
      if (ended) resolve();
    };
  });
  const startedAt = new Date();
  const target = prepareTarget(options.output, options.label ?? options.command[0] ?? '', startedAt, options.resume);
  const tree = new JobTree(REAL_ROOTS.proc);
  const recording = new Recording({
    target,
    startedAt,
    roots: REAL_ROOTS,
    tree,
    group: own?.place ?? findGroup(REAL_ROOTS),
    intervalMs: options.intervalMs,
    version: options.version,
    label: options.label,
    command: options.command,
    logs: options.logs,
    resetPeaks: options.resetPeaks ?? false,
    gpu,
    perProcess: options.perProcess ?? false,
    ownCost: options.ownCost ?? false,
    rotation: options.rotation ?? null,
    pidFile: options.pidFile ?? null,
  });
  if (!options.quiet) warnAboutLogs(options.logs);

  const log = openLog(recording);
  const job = await start(options, given, own?.enter ?? '', log, recording);
  if ('exitCode' in job) {
    recording.finish();
    forwarding.stop();
    return refuse(job);
  }
  forwarding.to(job);
  tree.follow(job.pid);
  recording.info.job = { pid: job.pid, exit_code: null, signal: null };
  recording.start(shellLine(options.command));

  const end = await job.ended;
  ended = true;
  recording.jobEnded(end);
  recording.event('exit', wordsFor(end) + verdictRemark(recording.info.oom));
  recording.info.job = { pid: job.pid, exit_code: end.code, signal: end.signal };
  // What it wrote last may wait for a slow reader; a signal now is for us and ends that wait.
  const drained = await Promise.race([Promise.all(job.captures.map((one) => one.drained())), hurried]);
  if (Array.isArray(drained) && drained.includes(false) && !options.quiet) {
    say('tidemark: processes that the job left behind still hold its output, which ends here: their next write fails');
  }
  const wallMs = recording.elapsedMs();
  const left = leftBehind(tree.processes(), REAL_ROOTS.proc, options.calledAs ?? 'tidemark');
  if (log !== null) await Promise.race([new Promise<void>((resolve) => log.end(resolve)), hurried]);
  // An empty output.log would say that the job was silent.
  if (recording.info.output === 'not captured') takeAway(recording.files.output);
  job.release();
  recording.finish();
  forwarding.stop();
  if (!options.quiet) {
    // Only now: it brings the analysis with it.
    const { summaryText } = await import('../summary/summary.js');
    // After "^C", or a prompt that was never answered, begin a line of our own.
    if (isatty(2) && job.captures.some((one) => !one.endsLine())) say('');
    if (left !== null) say(`tidemark: ${left}`);
    say(
      summaryText(recording, {
        end: wordsFor(end),
        wallMs,
        captured: job.captures.length > 0,
        ownCost: options.ownCost ?? false,
        calledAs: options.calledAs ?? 'tidemark',
      }),
    );
  }
  return exitCodeFor(end);
}

async function start(
  options: RunOptions,
  given: Inherited,
  enter: string,
  log: OutputLog | null,
  recording: Recording,
): Promise<StartedJob | NotStarted> {
  const terminals = terminalsOfOurs();
  const env =
    terminals.stdout || !options.unbuffer || log === null
      ? process.env
      : { ...process.env, ...unbufferedEnvironment(process.env) };
  const pipesIn = [tmpdir(), dirname(recording.files.output)];
  const how: StartOptions = { command: options.command, env, inherited: given, enter, pipesIn, log };
  let why: string;
  try {
    if (log === null || !(terminals.stdout || terminals.stderr)) return await startOnPipes(how);
    const maker = terminalMakerFor(options.command);
    const job = typeof maker === 'string' ? null : await startOnTerminal(how, terminals, maker);
    if (job !== null) return job;
    why = typeof maker === 'string' ? maker : 'no pseudo-terminal is to be had';
  } catch (error) {
    why = `no pipes or terminal can be made (${inWords(errorCode(error) || String(error))})`;
  }
  // The job, and its terminal, matter more than our copy of its output.
  recording.info.output = 'not captured';
  sayOnce('capture', `the job's output is not captured: ${why}`);
  return startOnPipes({ ...how, env: process.env, log: null });
}

function openLog(recording: Recording): OutputLog | null {
  try {
    return recording.openOutput(2);
  } catch (error) {
    recording.info.output = 'not captured';
    sayOnce(
      'output',
      `cannot write ${recording.files.output} (${inWords(errorCode(error) || String(error))}); the job's output is not kept`,
    );
    return null;
  }
}

function refuse({ exitCode, why }: NotStarted): number {
  say(`tidemark: ${why}`);
  return exitCode;
}

/** "exit 0", "killed by SIGKILL". */
export function wordsFor(end: JobEnd): string {
  return end.signal === null ? `exit ${end.code}` : `killed by ${end.signal}`;
}

/** As a shell says it: 128+N for signal N. */
export function exitCodeFor(end: JobEnd): number {
  return end.signal === null ? (end.code ?? 1) : 128 + constants.signals[end.signal];
}
