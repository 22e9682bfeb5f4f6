// What the clocks say between two samples: a hole in which nothing was sampled, a machine that was suspended, a wall clock that was set.
// Three clocks tell them apart: CLOCK_MONOTONIC stands still while the machine is suspended, CLOCK_BOOTTIME does not, wall time is set.
import { uptime } from 'node:os';
import type { EventKind } from '@tidemark/shared/recording/recording.js';
import { formatDuration } from '@tidemark/shared/words/durations.js';

/** A hole in the samples becomes a `gap` event when it is this long, and ten intervals. */
const GAP_MS = 2000;
/** The wall clock may be slewed; a change beyond this between two samples is a step. */
const CLOCK_STEP_MS = 1000;

export type TellEvent = (kind: EventKind, text: string, timeMs: number) => void;

export class ClockWatch {
  #wallMs = Number.NaN;
  #monotonicMs = Number.NaN;
  #sleptMs: number;

  constructor(
    readonly intervalMs: number,
    readonly tell: TellEvent,
    /**
     * By how much CLOCK_BOOTTIME is ahead of the monotonic clock, ms, less a constant. Both are read together: a sample is looked at some time after it was taken,
     * and on a starved machine that may be seconds, which are no suspension.
     */
    readonly aheadMs: () => number = () => uptime() * 1000 - performance.now(),
  ) {
    this.#sleptMs = aheadMs();
  }

  /** For every sample, its wall time and its monotonic time. */
  sampled(wallMs: number, monotonicMs: number): void {
    const hole = monotonicMs - this.#monotonicMs;
    if (hole >= GAP_MS && hole >= 11 * this.intervalMs)
      this.tell('gap', `nothing was sampled for ${formatDuration(hole)}`, this.#wallMs);
    const step = wallMs - this.#wallMs - hole;
    if (Math.abs(step) > CLOCK_STEP_MS) this.#stepped(step, wallMs);
    this.#wallMs = wallMs;
    this.#monotonicMs = monotonicMs;
  }

  #stepped(step: number, wallMs: number): void {
    const slept = this.aheadMs();
    const suspended = slept - this.#sleptMs;
    this.#sleptMs = slept;
    let rest = step;
    if (suspended > CLOCK_STEP_MS) {
      this.tell('gap', `the machine was suspended for ${formatDuration(suspended)}`, this.#wallMs);
      rest -= suspended;
    }
    if (Math.abs(rest) > CLOCK_STEP_MS)
      this.tell(
        'clock-step',
        `the clock went ${rest > 0 ? 'forward' : 'back'} by ${formatDuration(Math.abs(rest))}`,
        wallMs,
      );
  }
}
