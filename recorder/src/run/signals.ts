// Signals that are meant for the job, passed on exactly once.
//
// A signal may come to us alone (`kill PID`) or to our whole process group (Ctrl-C on a terminal, `timeout`), and then the job in that group has it
// already. Node does not tell who sent it. So a witness waits beside us in the group, a process that does nothing but die of signals: when
// it was hit too, the group was, and the job needs no second one.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { sayOnce } from '../recording/say.js';
import { errorCode } from '../sampling/kernel-file.js';
import type { InheritableSignal } from './inherited.js';
import type { StartedJob } from './job.js';

const FORWARDED: readonly InheritableSignal[] = ['HUP', 'INT', 'QUIT', 'TERM', 'USR1', 'USR2'];
/** The kernel marks all members of a group at once; this much later the mark, or the death, can be seen. */
const LOOK_AFTER_MS = 20;
/** A new witness needs a moment; a second Ctrl-C within it came the same way as the first. */
const SAME_WAY_MS = 150;

export interface Forwarding {
  /** Told of every signal that is not ignored, passed on or not. */
  onSignal(signal: NodeJS.Signals): void;
  /** Those that came before the job was started. */
  readonly early: readonly NodeJS.Signals[];
  /** The job has been started: it gets each signal that only we have got, and those that came while it was being started. */
  to(job: Pick<StartedJob, 'send' | 'sharesGroup'>): void;
  stop(): void;
}

/**
 * To be called before anything is made for the job: a signal that ended us then would leave a group, or a job, that nobody waits for. Signals that
 * were ignored when we started are ignored (`nohup`).
 */
export function forwardSignals(ignored: readonly InheritableSignal[]): Forwarding {
  let job: Parameters<Forwarding['to']>[0] | null = null;
  const early: NodeJS.Signals[] = [];
  let witness: ChildProcess | null = null;
  let groupHitAt = Number.NEGATIVE_INFINITY;
  const handlers = FORWARDED.map((name) => {
    const signal = `SIG${name}` as const;
    const handler = (): void => {
      if (ignored.includes(name)) return;
      forwarding.onSignal(signal);
      const started = job;
      if (started === null) early.push(signal);
      else if (!started.sharesGroup) pass(started, signal);
      else {
        setTimeout(() => {
          if (witness !== null && wasHit(witness)) {
            groupHitAt = performance.now();
            witness = newWitness();
          } else if (performance.now() - groupHitAt > SAME_WAY_MS) pass(started, signal);
        }, LOOK_AFTER_MS);
      }
    };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  const forwarding: Forwarding = {
    onSignal() {},
    early,
    to(started) {
      if (started.sharesGroup) witness = newWitness();
      job = started;
      for (const signal of early) pass(started, signal);
    },
    stop() {
      for (const off of handlers) off();
      witness?.kill('SIGKILL');
    },
  };
  return forwarding;
}

/** A job that has become another user (sudo) is out of our reach. It goes on, and so do we. */
function pass({ send }: Pick<StartedJob, 'send'>, signal: NodeJS.Signals): void {
  try {
    send(signal);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') throw error;
    sayOnce(signal, `${signal} cannot be passed on to the job: it runs as another user, whose rights that takes`);
  }
}

/** `cat` on a pipe that nobody writes: it ends with us, however we end. Null where there is none. */
function newWitness(): ChildProcess | null {
  const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  child.on('error', () => {});
  // Where too many files are open there is no pipe to it either.
  if (child.pid === undefined) return null;
  child.stdin.on('error', () => {});
  child.unref();
  return child;
}

function wasHit(witness: ChildProcess): boolean {
  if (witness.signalCode !== null || witness.exitCode !== null) return true;
  try {
    const status = readFileSync(`/proc/${witness.pid}/status`, 'latin1');
    // Hit but, on a busy machine, not yet dead: the signal is pending, or its death is not yet reported.
    return /^State:\s+[ZX]/m.test(status) || /^(?:SigPnd|ShdPnd):\s*0*[1-9a-f]/m.test(status);
  } catch {
    return false;
  }
}
