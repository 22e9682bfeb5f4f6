// Instants of recordings on the axis of the graph: epoch times, or times since the start or an instant where several meet.
import type { RecordingView } from '../view/data-source.js';
import type { TimeAxis } from './model.js';

/** What is subtracted from epoch times to get the times of the axis. */
export function timeOrigin(recording: Pick<RecordingView, 'startMs' | 'alignMs'>, clock: TimeAxis['clock']): number {
  return clock === 'elapsed' ? (recording.alignMs ?? recording.startMs) : 0;
}

/** An exit is noticed after the last sample. One much later than that is no part of the graph. Unit: share of the length. */
const LATE_EVENT = 0.25;

type Spanned = Pick<RecordingView, 'startMs' | 'endMs'> & Partial<Pick<RecordingView, 'events' | 'alignMs'>>;

/** The whole of the recordings as a time axis: all samples, and the start, exit and OOM kills just beside them. */
export function wholeTimeAxis(recordings: readonly Spanned[], clock: TimeAxis['clock'], zone: string): TimeAxis {
  const edges = recordings.flatMap((recording) => {
    const origin = timeOrigin(recording, clock);
    return spanWithEvents(recording).map((timeMs) => timeMs - origin);
  });
  const fromMs = edges.length === 0 ? 0 : Math.min(...edges);
  const toMs = edges.length === 0 ? 1000 : Math.max(...edges);
  // A recording of one sample has no width; a second around it can be drawn.
  return toMs > fromMs ? { fromMs, toMs, clock, zone } : { fromMs: fromMs - 500, toMs: fromMs + 500, clock, zone };
}

function spanWithEvents({ startMs, endMs, events = [] }: Spanned): [number, number] {
  const margin = (endMs - startMs) * LATE_EVENT;
  let [from, to] = [startMs, endMs];
  for (const { kind, timeMs } of events) {
    if (kind !== 'start' && kind !== 'exit' && kind !== 'oom-kill') continue;
    if (timeMs < startMs - margin || timeMs > endMs + margin) continue;
    from = Math.min(from, timeMs);
    to = Math.max(to, timeMs);
  }
  return [from, to];
}
