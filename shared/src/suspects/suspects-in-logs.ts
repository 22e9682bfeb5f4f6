// Suspects of one run over all logs that lie beside it, named by their template and one line to jump to.
import type { Level } from '../logs/entry.js';
import type { LogClock } from '../view/data-source.js';
import { findSuspects, type SuspectInput } from './find-suspects.js';
import { shownTemplate } from './message-text.js';
import { type MinableLog, type MinedLog, mineLog } from './mine-log.js';
import { type Events, inTimeOrder } from './timeline.js';

export interface NamedSuspect {
  /** The statement with `<*>` for what varies. */
  readonly template: string;
  /** The template in full, stamp and level included: `writtenBy` knows its lines by it. */
  readonly statement: string;
  readonly count: number;
  /** Growth that coincides with its entries, all together. */
  readonly bytes: number;
  readonly bytesPerEntry: number;
  /** 0..1. */
  readonly confidence: number;
  /** The entry that the most growth followed. */
  readonly example: {
    readonly log: string;
    /** Counted from 1. */
    readonly line: number;
    readonly timeMs: number;
    readonly offsetMs: 0;
    readonly level: Level | null;
    readonly text: string;
  };
  /** When it ran, as parallel arrays in time order: entries that are closer together than can be drawn stand as one. */
  readonly entries: {
    /** Epoch ms as the log says. */
    readonly times: Float64Array;
    /** The first line of each, counted from 1. */
    readonly lines: Uint32Array;
  };
}

/** Shown at most; the rest gained next to nothing. */
const MOST_SHOWN = 20;
/** Templates of one log have smaller ids than this. */
const IDS_A_LOG = 65_536;

/**
 * Best first; empty where no growth coincides with a statement. `clocks` holds one clock a log; logs without dates are passed
 * over. Throws what the logs throw, and the signal's reason when it is aborted.
 */
export async function suspectsInLogs(
  logs: readonly MinableLog[],
  clocks: readonly LogClock[],
  run: Omit<SuspectInput, 'events'>,
  signal?: AbortSignal,
): Promise<NamedSuspect[]> {
  const startMs = run.times[0];
  const endMs = run.times.at(-1);
  if (startMs === undefined || endMs === undefined) return [];
  const mined: (MinedLog | null)[] = [];
  for (const [index, log] of logs.entries()) {
    const clock = clocks[index];
    mined.push(await mineLog(log, { startMs, endMs, ...(clock === undefined ? {} : { clock }) }, signal));
  }
  const events = merged(mined.map((one) => one?.events ?? null));
  const found = findSuspects({ ...run, events }).slice(0, MOST_SHOWN);
  const named: NamedSuspect[] = [];
  for (const suspect of found) {
    const log = Math.floor(suspect.template / IDS_A_LOG);
    const store = logs[log]!;
    const clock = clocks[log] ?? { zone: null, shiftMs: 0 };
    const [line] = await store.lines({ clock, lines: [events.lines[suspect.example]!] });
    if (line === undefined) continue;
    const statement = mined[log]!.template(suspect.template % IDS_A_LOG);
    named.push({
      template: shownTemplate(statement),
      statement,
      count: suspect.count,
      bytes: suspect.bytes,
      bytesPerEntry: suspect.bytes / suspect.count,
      confidence: Math.round(suspect.confidence * 1000) / 1000,
      example: {
        log: store.name,
        line: line.line,
        timeMs: line.timeMs ?? events.times[suspect.example]!,
        offsetMs: 0,
        level: line.level,
        text: line.text,
      },
      entries: entriesOf(events, suspect.template),
    });
  }
  return named;
}

function entriesOf(events: Events, template: number): NamedSuspect['entries'] {
  const its: number[] = [];
  events.templates.forEach((id, at) => {
    if (id === template) its.push(at);
  });
  return {
    times: Float64Array.from(its, (at) => events.stamps[at]!),
    lines: Uint32Array.from(its, (at) => events.lines[at]!),
  };
}

/** The events of all logs in time order, each template with an id of its own. */
function merged(all: readonly (Events | null)[]): Events {
  const n = all.reduce((sum, events) => sum + (events?.times.length ?? 0), 0);
  const whole = {
    times: new Float64Array(n),
    stamps: new Float64Array(n),
    templates: new Int32Array(n),
    counts: new Uint32Array(n),
    lines: new Uint32Array(n),
  };
  let at = 0;
  for (const [log, events] of all.entries()) {
    if (events === null) continue;
    whole.times.set(events.times, at);
    whole.stamps.set(events.stamps, at);
    whole.counts.set(events.counts, at);
    whole.lines.set(events.lines, at);
    for (let i = 0; i < events.templates.length; i += 1)
      whole.templates[at + i] = log * IDS_A_LOG + events.templates[i]!;
    at += events.times.length;
  }
  return inTimeOrder(whole);
}
