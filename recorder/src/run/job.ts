// What a started job looks like to the one that records it, whichever way it was started.
import type { Capture } from './capture.js';

export interface JobEnd {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** "SIGKILL" and the like. */
  readonly signal: NodeJS.Signals | null;
}

export interface StartedJob {
  /** The job's own process, not a helper's around it. */
  readonly pid: number;
  readonly ended: Promise<JobEnd>;
  readonly captures: readonly Capture[];
  /** True when a signal to our process group reaches the job as well, as Ctrl-C on a terminal does. */
  readonly sharesGroup: boolean;
  /** Does nothing once the job has ended. Throws the system's error: EPERM for one that has become another user. */
  send(signal: NodeJS.Signals): void;
  /** Gives back what the start needed, once the job has ended. */
  release(): void;
}

/** The job could not be started at all. `exitCode` is the shell's for it. */
export interface NotStarted {
  readonly exitCode: 126 | 127;
  readonly why: string;
}
