// Moving a log's clock: shown on the graph while it is dragged, undone step by step, and remembered for this log until the next
// visit. What the address says wins over what is remembered.
import { effect, signal } from '@preact/signals';
import type { LogClock, LogView, RecordingView } from '@tidemark/shared/view/data-source.js';
import { choice, choose, clockOf, clocks, PLAIN_CLOCK, setClock } from './choice.js';
import { forgetClock, keepClock, keptClock } from './clock-memory.js';
import { withoutStep } from './history.js';
import { session, source } from './opened.js';

/** The clock that a log has under the hand that drags it; the others have the one that was chosen. */
export const dragged = signal<{ readonly log: string; readonly clock: LogClock } | null>(null);
/** By log: the clock that came from an earlier visit, until it is changed. */
export const remembered = signal<ReadonlyMap<string, LogClock>>(new Map());
/** By log: what its clock was before each change, the oldest first. */
const before = signal<ReadonlyMap<string, readonly LogClock[]>>(new Map());

/** Changes that follow each other faster than this are undone together. Unit: ms. */
const BURST_MS = 700;
const MOST_UNDONE = 50;
let last = { log: '', at: Number.NEGATIVE_INFINITY };

/** As it is seen on the graph just now. */
export function clockSeen(log: string): LogClock {
  const hand = dragged.value;
  return hand?.log === log ? hand.clock : clockOf(log);
}

export function moveClock(log: string, clock: LogClock): void {
  const now = choice.peek().clocks[log] ?? PLAIN_CLOCK;
  if (now.zone === clock.zone && now.shiftMs === clock.shiftMs) return;
  const at = performance.now();
  if (last.log !== log || at - last.at > BURST_MS) push(log, now);
  last = { log, at };
  put(log, clock);
}

export function dragClock(log: string, shiftMs: number): void {
  dragged.value = { log, clock: { ...clockOf(log), shiftMs } };
}

/** What was dragged counts, or is put back. */
export function endDrag(keep: boolean): void {
  const hand = dragged.peek();
  dragged.value = null;
  if (hand === null || !keep) return;
  last = { log: '', at: Number.NEGATIVE_INFINITY };
  moveClock(hand.log, hand.clock);
  last = { log: '', at: Number.NEGATIVE_INFINITY };
}

export const canUndo = (log: string): boolean => (before.value.get(log)?.length ?? 0) > 0;

export function undoClock(log: string): void {
  const stack = before.peek().get(log) ?? [];
  const clock = stack.at(-1);
  if (clock === undefined) return;
  before.value = new Map(before.peek()).set(log, stack.slice(0, -1));
  last = { log: '', at: Number.NEGATIVE_INFINITY };
  put(log, clock);
}

function push(log: string, clock: LogClock): void {
  const stack = before.peek().get(log) ?? [];
  before.value = new Map(before.peek()).set(log, [...stack, clock].slice(-MOST_UNDONE));
}

function put(log: string, clock: LogClock): void {
  setClock(log, clock);
  if (remembered.peek().has(log)) {
    const others = new Map(remembered.peek());
    others.delete(log);
    remembered.value = others;
  }
  const { logs, recordings } = session.peek();
  const view = logs.find(({ id }) => id === log);
  if (view === undefined) return;
  const key = keyOf(view, recordings);
  if (clock.zone === null && clock.shiftMs === 0) forgetClock(key);
  else keepClock(key, clock);
}

/** What a log is known by on the next visit: its name beside that recording, whatever their ids are then. */
export function keyOf({ name, recording }: LogView, recordings: readonly RecordingView[]): string {
  const owner = recordings.find(({ id }) => id === recording) ?? recordings[0];
  const beside = owner === undefined ? '' : `${owner.name} ${Math.round(owner.startMs)}`;
  return `${beside}\n${name.slice(name.lastIndexOf('/') + 1)}`;
}

/** Gives each log that comes the clock of the last visit, unless the address gave it one. */
export function watchRememberedClocks(): void {
  let of: unknown = null;
  let seen = new Set<string>();
  effect(() => {
    const from = source.value;
    const { logs, recordings } = session.value;
    if (from !== of) {
      seen = new Set();
      before.value = new Map();
      remembered.value = new Map();
      dragged.value = null;
    }
    of = from;
    const back = new Map<string, LogClock>();
    for (const log of logs) {
      if (seen.has(log.id) || log.facts.dated === 0) continue;
      seen.add(log.id);
      const kept = clocks.peek()[log.id] === undefined ? keptClock(keyOf(log, recordings)) : null;
      if (kept !== null) back.set(log.id, kept);
    }
    if (back.size === 0) return;
    remembered.value = new Map([...remembered.peek(), ...back]);
    withoutStep(() => choose({ clocks: { ...choice.peek().clocks, ...Object.fromEntries(back) } }));
  });
}
