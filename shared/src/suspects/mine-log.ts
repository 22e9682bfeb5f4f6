// Reads one log once and keeps what suspects are found from: its statements, when they ran, and one line of each.
import type { LogStore } from '../logs/store.js';
import type { LogClock } from '../view/data-source.js';
import { messageText } from './message-text.js';
import { Templates } from './templates.js';
import { type Events, Timeline } from './timeline.js';

/** Stamps of whole seconds: entries of one second are spread over it in their order. */
const WHOLE_SECOND_MS = 1000;
/** Entries of one second that are kept back until the next second begins. */
const MOST_HELD = 4096;
/** As many entries tell whether stamps have fractions. */
const SAMPLE = 512;

/** What of a log is needed for it. */
export type MinableLog = Pick<LogStore, 'name' | 'facts' | 'lines' | 'heads' | 'scanners'>;

export interface MinedLog {
  readonly events: Events;
  /** By the ids in `events`. */
  readonly template: (id: number) => string;
}

export interface MineOptions {
  readonly startMs: number;
  readonly endMs: number;
  readonly clock?: LogClock;
}

/** Null when the log dates nothing. */
export async function mineLog(store: MinableLog, options: MineOptions, signal?: AbortSignal): Promise<MinedLog | null> {
  const clock = options.clock ?? { zone: null, shiftMs: 0 };
  if (store.facts(clock).dated === 0) return null;
  const templates = new Templates({ key: store.scanners?.statementKey });
  const timeline = new Timeline(options.startMs, options.endMs);
  const spread = new SpreadSeconds(timeline, clock.shiftMs);
  await store.heads(
    clock,
    (head) => {
      if (Number.isNaN(head.timeMs)) return;
      let id = templates.addRaw(head.bytes, head.from, head.to);
      if (id < 0) id = templates.add(messageText(head.text()));
      spread.take(head.timeMs, id, head.line);
    },
    signal,
  );
  spread.end();
  templates.settle();
  return { events: timeline.events((id) => templates.find(id)), template: (id) => templates.textOf(id) };
}

/** Gives entries to the timeline; where stamps are whole seconds, those of one second spread over it in their order. */
class SpreadSeconds {
  /** Null until as many entries came as tell it. */
  #wholeSeconds: boolean | null = null;
  #held = 0;
  readonly #times = new Float64Array(MOST_HELD);
  readonly #ids = new Int32Array(MOST_HELD);
  readonly #lines = new Uint32Array(MOST_HELD);

  constructor(
    private readonly timeline: Timeline,
    private readonly shiftMs: number,
  ) {}

  take(time: number, id: number, line: number): void {
    if (this.#wholeSeconds === false) {
      this.timeline.add(time, id, line);
      return;
    }
    const held = this.#held;
    if (this.#wholeSeconds && held > 0 && (this.#times[0] !== time || held === MOST_HELD)) this.#give(0, held);
    const at = this.#held;
    this.#times[at] = time;
    this.#ids[at] = id;
    this.#lines[at] = line;
    this.#held = at + 1;
    if (this.#wholeSeconds === null && this.#held === SAMPLE) this.#decide();
  }

  end(): void {
    if (this.#wholeSeconds === null) this.#decide();
    this.#give(0, this.#held);
  }

  /** All that was held back is given but the last second. */
  #decide(): void {
    const times = this.#times.subarray(0, this.#held);
    this.#wholeSeconds = times.every((time) => (time - this.shiftMs) % WHOLE_SECOND_MS === 0);
    let from = 0;
    for (let at = 1; at < times.length; at += 1) {
      if (times[at] === times[from]) continue;
      this.#add(from, at);
      from = at;
    }
    this.#add(from, this.#wholeSeconds ? from : times.length);
    if (!this.#wholeSeconds) from = times.length;
    for (const list of [this.#times, this.#ids, this.#lines]) list.copyWithin(0, from, times.length);
    this.#held = times.length - from;
  }

  #give(from: number, to: number): void {
    this.#add(from, to);
    this.#held = 0;
  }

  #add(from: number, to: number): void {
    const step = this.#wholeSeconds ? WHOLE_SECOND_MS / Math.max(to - from, 1) : 0;
    for (let at = from; at < to; at += 1) {
      const time = this.#times[at]!;
      this.timeline.add(time + (at - from) * step, this.#ids[at]!, this.#lines[at]!, time);
    }
  }
}
