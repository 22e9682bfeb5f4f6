// `tidemark record`: the daemon without a job. The machine and a container, and with --pid a process tree that runs already.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isatty } from 'node:tty';
import { UnavailableError, UsageError } from '@tidemark/shared/errors.js';
import { formatDuration } from '@tidemark/shared/words/durations.js';
import { findGroup, type GroupPlace, groupAt, mountPoints } from '../cgroup/find-group.js';
import { FollowedGroup } from '../cgroup/followed-group.js';
import { type FollowedContainer, followContainer } from '../containers/followed-container.js';
import { gpuAsked } from '../gpu/gpu.js';
import { JobTree } from '../job-tree/job-tree.js';
import { identify } from '../job-tree/process-id.js';
import type { Rotation } from '../recording/parts.js';
import { Recording, warnAboutLogs } from '../recording/recording.js';
import { say } from '../recording/say.js';
import { prepareTarget } from '../recording/target.js';
import { inherited } from '../run/inherited.js';
import { leftBehind } from '../run/left-behind.js';
import { REAL_ROOTS } from '../samplers/sampler.js';

export interface RecordOptions {
  readonly output: string | null;
  readonly intervalMs: number;
  readonly label: string | null;
  readonly logs: readonly string[];
  readonly quiet: boolean;
  /** Go on with the recording at `output` when there is one. */
  readonly resume?: boolean;
  readonly rotation?: Rotation | null;
  readonly pidFile?: string | null;
  readonly version: string;
  /** How the person calls the command; the summary says what to type next. */
  readonly calledAs?: string;
  /** The root of a process tree to follow; null for none. */
  readonly pid: number | null;
  /** A cgroup's folder, or its path below the mount point; null for the one of the pid, or our own. */
  readonly cgroup: string | null;
  /** A container by name or id, followed through restarts; null for none. */
  readonly container: string | null;
  /** Wipe what the process and its parent read as its peak, to know the peak of every interval. */
  readonly resetPeaks: boolean;
  /** Record NVIDIA cards, where there are any. */
  readonly gpu?: boolean;
  /** Keep a line for each process in processes.csv. */
  readonly perProcess: boolean;
  /** Record what the recorder itself takes as well, and say it at the end. */
  readonly ownCost?: boolean;
  /** Null: until INT or TERM, or the pid ends. */
  readonly durationMs: number | null;
}

/** ms that a recorder may take to hear that it should stop, when nobody sits before it. */
const PATIENCE_MS = 900;

/** Records until it is told to stop or has nothing left to follow. Throws TidemarkError for a pid or cgroup that is not there. */
export async function record(options: RecordOptions): Promise<void> {
  const { pid, calledAs = 'tidemark' } = options;
  let tree: JobTree | null = null;
  if (options.resetPeaks && pid === null)
    throw new UsageError('--reset-peaks: no process to reset', 'Say which with --pid N.');
  if (options.perProcess && pid === null)
    throw new UsageError('--per-process: no process to follow', 'Say which with --pid N.');
  if (pid !== null) {
    if (!Number.isInteger(pid) || pid <= 0) throw new UsageError(`--pid: expected a process number, found ${pid}`);
    tree = new JobTree(REAL_ROOTS.proc);
    if (identify(REAL_ROOTS.proc, pid) === null || !tree.follow(pid)) {
      throw new UnavailableError(
        `--pid ${pid}: there is no such process`,
        'It may have ended already, or be hidden from you; `ps -e` lists those that run.',
      );
    }
  }
  if (options.container !== null && options.cgroup !== null)
    throw new UsageError('--container and --cgroup: one group is recorded at a time', 'Leave one of them out.');
  const container = options.container === null ? null : await followContainer(options.container, REAL_ROOTS);
  const named =
    options.cgroup === null
      ? null
      : new FollowedGroup(namedGroup(options.cgroup), (text) => recording.event('mark', text));
  const group = container?.group ?? named?.group ?? findGroup(REAL_ROOTS, pid ?? 'self');
  const gpu = await gpuAsked(options.gpu ?? false);
  // Before anything is made that would be left behind.
  const signals = listenForSignals();
  const startedAt = new Date();
  const name = options.label ?? container?.found.name ?? (pid === null ? 'machine' : `pid-${pid}`);
  const recording = new Recording({
    target: prepareTarget(options.output, name, startedAt, options.resume),
    startedAt,
    roots: REAL_ROOTS,
    tree,
    group,
    container: container ?? named,
    intervalMs: options.intervalMs,
    version: options.version,
    label: options.label,
    command: null,
    logs: options.logs,
    resetPeaks: options.resetPeaks,
    gpu,
    perProcess: options.perProcess,
    ownCost: options.ownCost ?? false,
    rotation: options.rotation ?? null,
    pidFile: options.pidFile ?? null,
    // A container's runtime and a card's driver answer through the event loop, and a group that is gone is looked for by it.
    patienceMs: container !== null || named !== null || gpu !== null || isatty(0) || isatty(2) ? 0 : PATIENCE_MS,
  });
  if (pid !== null) recording.info.job = { pid, exit_code: null, signal: null };

  if (container !== null) recording.info.container = { name: container.found.name, id: container.found.id };

  const greet = (): void => {
    if (options.quiet) return;
    warnAboutLogs(options.logs);
    const until =
      options.durationMs === null
        ? container === null
          ? 'until Ctrl-C'
          : 'until Ctrl-C or its removal'
        : `for ${formatDuration(options.durationMs)}`;
    const every = formatDuration(options.intervalMs);
    say(`tidemark: recording ${whatIs(pid, container, group)} every ${every} into ${recording.shown} ${until}`);
  };
  const why = await stopped(recording, options, tree, container, signals, greet);
  container?.close();
  named?.close();
  const wallMs = recording.elapsedMs();
  // Whose child it was knows how it ended; the counter is there for all.
  recording.jobEnded(null);
  recording.event('exit', why);
  const left = tree?.ended === true ? leftBehind(tree.processes(), REAL_ROOTS.proc, calledAs) : null;
  recording.finish();
  // Only now: a second Ctrl-C does not end us in the middle of what the first one began.
  signals.close();
  if (!options.quiet) {
    if (left !== null) say(`tidemark: ${left}`);
    // Only now: it brings the analysis with it.
    const { summaryText } = await import('../summary/summary.js');
    say(
      summaryText(recording, {
        end: why,
        wallMs,
        captured: false,
        ownCost: options.ownCost ?? false,
        calledAs,
      }),
    );
  }
}

function whatIs(pid: number | null, container: FollowedContainer | null, group: GroupPlace | null): string {
  const parts = [];
  if (pid !== null) parts.push(`process ${pid} and its descendants`);
  if (container !== null) parts.push(`the container ${container.found.name} (${container.id.slice(0, 12)})`);
  else if (group !== null) parts.push(`the cgroup ${group.path}`);
  parts.push('the machine');
  return parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** Starts sampling and waits for the first reason to stop; resolves to it in words. */
function stopped(
  recording: Recording,
  options: RecordOptions,
  tree: JobTree | null,
  container: FollowedContainer | null,
  signals: Signals,
  onStarted: () => void,
): Promise<string> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | null = null;
    const stop = (why: string): void => {
      if (timer !== null) clearTimeout(timer);
      recording.halt();
      resolve(why);
    };
    signals.onStop = (signal) => stop(`stopped by ${signal}`);
    container?.listen({
      changed: (text) => recording.event('mark', text),
      gone: () => stop(`container ${container.found.name} was removed`),
    });
    recording.onRow = (elapsedMs) => {
      if (tree?.ended) stop(`process ${options.pid} ended`);
      // By the samples' own clock: a duration is a number of samples.
      else if (options.durationMs !== null && elapsedMs >= options.durationMs) stop('the time was up');
    };
    // A duration that is no multiple of the interval ends between two samples.
    if (options.durationMs !== null) timer = later(options.durationMs, () => stop('the time was up'));
    recording.start(
      container !== null
        ? `recording container ${container.found.name}`
        : options.pid !== null
          ? `recording process ${options.pid}`
          : options.cgroup !== null
            ? `recording cgroup ${options.cgroup}`
            : 'recording the machine',
    );
    onStarted();
  });
}

/** What asks a recorder to end. */
const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
/** What supervisors and log rotation send to daemons. Node would begin to debug us for the one, and end for the other. */
const UNHEARD = ['SIGUSR1', 'SIGUSR2'] as const;

interface Signals {
  onStop(signal: NodeJS.Signals): void;
  close(): void;
}

function listenForSignals(): Signals {
  // Under nohup the recording goes on when the terminal is closed.
  const ignored: readonly string[] = inherited().ignored;
  const stopping = STOPPING.filter((signal) => !ignored.includes(signal.slice('SIG'.length)));
  const hear = (signal: NodeJS.Signals): void => {
    if (stopping.some((one) => one === signal)) signals.onStop(signal);
  };
  const all = [...STOPPING, ...UNHEARD];
  for (const signal of all) process.on(signal, hear);
  const signals: Signals = {
    onStop() {},
    close() {
      for (const signal of all) process.off(signal, hear);
    },
  };
  return signals;
}

/** setTimeout counts to 24 days; a recording may be longer. */
function later(ms: number, callback: () => void): NodeJS.Timeout | null {
  return ms > 2 ** 31 - 1 ? null : setTimeout(callback, ms + 5);
}

function namedGroup(path: string): GroupPlace {
  const candidates = [resolve(path)];
  for (const point of mountPoints(REAL_ROOTS)) candidates.push(`${point}/${path.replace(/^\/+/, '')}`);
  for (const folder of candidates) {
    const group = existsSync(folder) ? groupAt(folder) : null;
    if (group !== null) return group;
  }
  throw new UnavailableError(
    `--cgroup ${path}: no cgroup with a memory controller there`,
    'Give its folder (/sys/fs/cgroup/...) or its path as /proc/PID/cgroup shows it.',
  );
}
