// Reads one log once and keeps what suspects are found from: its statements, when they ran, and one line of each.
import type { LogStore } from '../logs/store.js';
import type { LogClock } from '../view/data-source.js';
import { messageText } from './message-text.js';
import { Templates } from './templates.js';
import { type Events, Timeline } from './timeline.js';

const ALL_LINES = { from: 1, probe: null, matches: () => true };
/** Stamps of whole seconds: entries of one second are spread over it in their order. */
const WHOLE_SECOND_MS = 1000;
/** Entries of one second that are kept back until the next second begins. */
const MOST_HELD = 4096;
/** As many entries tell whether stamps have fractions. */
const SAMPLE = 512;

/** What of a log is needed for it. */
export type MinableLog = Pick<LogStore, 'name' | 'facts' | 'lines' | 'find' | 'instant'>;

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
  const take = (time: number, text: string, line: number): void => {
    const id = templates.add(messageText(text));
    if (wholeSeconds === false) {
      timeline.add(time, id, line);
      return;
    }
    if (held.length > 0 && (held[0]!.time !== time || held.length >= MOST_HELD)) give();
    held.push({ time, id, line });
  };
  for await (const lines of store.find(ALL_LINES, signal)) {
    const entries = lines.filter(({ line, entry }) => line === entry.line);
    const times = entries.map(({ entry }) => store.instant(entry, clock));
    if (wholeSeconds === null) {
      const dated = times.filter((time) => !Number.isNaN(time)).slice(0, SAMPLE);
      if (dated.length > 0) wholeSeconds = dated.every((time) => (time - clock.shiftMs) % WHOLE_SECOND_MS === 0);
    }
    entries.forEach(({ line, text }, at) => {
      if (!Number.isNaN(times[at]!)) take(times[at]!, text, line);
    });
  }
  give();
  templates.settle();
  return { events: timeline.events((id) => templates.find(id)), template: (id) => templates.textOf(id) };
}
