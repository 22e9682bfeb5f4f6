// Reads one log once and keeps what suspects are found from: its statements, when they ran, and one line of each.
import type { LogStore } from '../logs/store.js';
import type { LogClock } from '../view/data-source.js';
import { messageText } from './message-text.js';
import { Templates } from './templates.js';
import { type Events, Timeline } from './timeline.js';

const BLOCK_LINES = 4096;
/** Stamps of whole seconds: entries of one second are spread over it in their order. */
const WHOLE_SECOND_MS = 1000;
/** Entries of one second that are kept back until the next second begins. */
const MOST_HELD = 4096;
/** As many entries tell whether stamps have fractions. */
const SAMPLE = 512;

/** What of a log is needed for it. */
export type MinableLog = Pick<LogStore, 'name' | 'facts' | 'lines'>;

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
  const facts = store.facts(clock);
  if (facts.dated === 0) return null;
  const templates = new Templates();
  const timeline = new Timeline(options.startMs, options.endMs);
  let wholeSeconds: boolean | null = null;
  let held: { time: number; id: number; line: number }[] = [];
  const give = (): void => {
    const step = WHOLE_SECOND_MS / Math.max(held.length, 1);
    held.forEach(({ time, id, line }, at) => {
      timeline.add(time + at * step, id, line, time);
    });
    held = [];
  };
  for (let first = 1; first <= facts.lines; first += BLOCK_LINES) {
    const lines = await store.lines({ clock, lines: { first, count: BLOCK_LINES } });
    signal?.throwIfAborted();
    const entries = lines.filter((line) => !line.continues && line.timeMs !== null);
    wholeSeconds ??= entries.slice(0, SAMPLE).every((line) => (line.timeMs! - clock.shiftMs) % WHOLE_SECOND_MS === 0);
    for (const line of entries) {
      const id = templates.add(messageText(line.text));
      const time = line.timeMs!;
      if (!wholeSeconds) {
        timeline.add(time, id, line.line);
        continue;
      }
      if (held.length > 0 && (held[0]!.time !== time || held.length >= MOST_HELD)) give();
      held.push({ time, id, line: line.line });
    }
  }
  give();
  templates.settle();
  return { events: timeline.events((id) => templates.find(id)), template: (id) => templates.textOf(id) };
}
