// When to sample: at fixed instants counted from the start, so that nothing drifts.
// A tick that comes too late for its instant is not caught up: it is counted, and the next one is on time again.

export interface TickCounts {
  ticks: number;
  /** Ticks that began more than a tenth of the interval after their instant. */
  late: number;
  /** Instants at which nothing was sampled. */
  missed: number;
}

/**
 * The next instant to sample at and how many were missed on the way. Instants are 0, 1, 2 ... times the interval after the start.
 * `done` is the number of the instant just sampled, `nowMs` is ms since the start.
 */
export function nextInstant(done: number, nowMs: number, intervalMs: number): { next: number; missed: number } {
  const reached = Math.floor(nowMs / intervalMs);
  const next = Math.max(done + 1, reached + 1);
  return { next, missed: next - done - 1 };
}

/**
 * ms that a tick may come after its instant before the next one waits less than a whole interval: a timer that is started again for as long as before is some
 * 10 µs cheaper than a new one (at 10 Hz, where all of it is cold each time).
 */
const SLACK_MS = 2;
/** Of the interval, where that is less. */
const SLACK_SHARE = 0.05;
/** The wall clock counts whole ms. */
const TRUSTED_MS = 2;
/** Patience begins so long after the start: what is begun there is done by then. */
const PATIENT_AFTER_MS = 10_000;

export interface TickOptions {
  /** Told how many instants were missed in one go. */
  readonly onMissed?: (missed: number) => void;
  /**
   * For so long the event loop may stand still between ticks, ms: signals, timers and ends of writes are heard up to so much later. Waiting without
   * it (Atomics.wait) saves an eighth of a sample. 0, and where the interval is not shorter: each tick is a turn of the loop.
   */
  readonly patienceMs?: number;
  readonly now?: () => number;
  readonly wallNow?: () => number;
}

export class Ticks {
  readonly counts: TickCounts = { ticks: 0, late: 0, missed: 0 };
  #timer: NodeJS.Timeout | null = null;
  readonly now: () => number;
  readonly #wallNow: () => number;
  readonly #onMissed: (missed: number) => void;
  readonly #patienceMs: number;
  readonly #slackMs: number;
  /** Nobody wakes who waits at it. */
  readonly #bed = new Int32Array(new SharedArrayBuffer(4));
  #stopped = false;
  /** Those of the delays that come again and again, in whole ms. */
  readonly #usual = new Map<number, NodeJS.Timeout>();
  #startMs = 0;
  #instant = 0;

  constructor(
    readonly intervalMs: number,
    /** Called with ms since the start, and the wall time in epoch ms; what it throws is the caller's bug. */
    readonly onTick: (elapsedMs: number, timeMs: number) => void,
    { onMissed = () => {}, patienceMs = 0, now = monotonicMs, wallNow = Date.now }: TickOptions = {},
  ) {
    this.now = now;
    this.#wallNow = wallNow;
    this.#onMissed = onMissed;
    this.#patienceMs = patienceMs;
    this.#slackMs = Math.min(SLACK_MS, intervalMs * SLACK_SHARE);
  }

  /** The first tick happens at once. */
  start(): void {
    this.#startMs = this.now();
    this.#instant = 0;
    this.#stopped = false;
    this.#tick();
  }

  /** No tick comes after this, also when it is called in one. */
  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** By `now`. */
  get startMs(): number {
    return this.#startMs;
  }

  elapsedMs(): number {
    return this.now() - this.#startMs;
  }

  #tick = (): void => {
    const { intervalMs } = this;
    const turnMs = this.elapsedMs();
    let began = turnMs;
    let timeMs = this.#wallNow();
    for (;;) {
      this.counts.ticks++;
      if (began - this.#instant * intervalMs > intervalMs / 10) this.counts.late++;
      this.onTick(began, timeMs);
      if (this.#stopped) return;
      const now = this.#afterTick(began, timeMs);
      // A timer may fire up to 1 ms early: the instant that it was set for counts as done.
      const { next, missed } = nextInstant(this.#instant, now, intervalMs);
      this.counts.missed += missed;
      if (missed > 0) this.#onMissed(missed);
      this.#instant = next;
      const rest = next * intervalMs - now;
      if (now + rest - turnMs > this.#patienceMs || now < PATIENT_AFTER_MS) {
        this.#wait(rest <= intervalMs && rest > intervalMs - this.#slackMs ? intervalMs : rest);
        return;
      }
      Atomics.wait(this.#bed, 0, 0, rest);
      const awakeMs = this.#wallNow();
      began += awakeMs - timeMs;
      timeMs = awakeMs;
      // Where the wall clock agrees with what was waited for, that is how long it was; the turn's end is no more than a second away.
      if (!(Math.abs(began - next * intervalMs) < TRUSTED_MS)) began = this.elapsedMs();
    }
  };

  /** The wall clock is the cheaper one to ask, and good for the length of a tick, unless it was set meanwhile or the tick was a long one. */
  #afterTick(began: number, timeMs: number): number {
    const tookMs = this.#wallNow() - timeMs;
    return tookMs >= 0 && tookMs < this.intervalMs / 2 ? began + tookMs : this.elapsedMs();
  }

  #wait(ms: number): void {
    // As timers count.
    const whole = Math.max(1, Math.trunc(ms));
    let timer = this.#usual.get(whole);
    if (timer === undefined) {
      timer = setTimeout(this.#tick, whole);
      if (whole >= this.intervalMs - 2 * SLACK_MS) this.#usual.set(whole, timer);
    } else timer.refresh();
    this.#timer = timer;
  }
}

/** CLOCK_MONOTONIC in ms. */
export function monotonicMs(): number {
  return performance.now();
}
