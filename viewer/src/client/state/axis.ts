// The time axis: what the whole of it is, what is in view, and the way between its times and those of the clocks.

import { computed } from '@preact/signals';
import { defaultClock } from '@tidemark/shared/chart/default-view.js';
import type { TimeAxis } from '@tidemark/shared/chart/model.js';
import { timeOrigin, wholeTimeAxis } from '@tidemark/shared/chart/time-axis.js';
import type { RecordingView, Session } from '@tidemark/shared/view/data-source.js';
import { isZone } from '@tidemark/shared/words/wall-time.js';
import {
  type Choice,
  choice,
  choose,
  chosenFollow,
  chosenView,
  chosenZone,
  clocks,
  type ZoneChoice,
} from './choice.js';
import { live, session } from './opened.js';
import { rested } from './rested.js';
import { clampTo, covers, type Span, widthOf } from './span.js';

const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** The zone of the recording when it says one, else the reader's own. */
export function zoneOf(wanted: ZoneChoice, recordings: readonly RecordingView[]): string {
  if (wanted === 'utc') return 'UTC';
  const stated = recordings[0]?.info?.time_zone;
  if (wanted === 'recording' && stated !== undefined && isZone(stated)) return stated;
  return localZone();
}

/** Everything that is open. Logs alone give their own span. */
export function wholeAxis({ recordings, logs }: Session, clock: TimeAxis['clock'], zone: string): TimeAxis {
  if (recordings.length > 0) return wholeTimeAxis(recordings, clock, zone);
  const dated = logs.flatMap(({ id, facts: { firstMs, lastMs } }) => {
    const shift = clocks.value[id]?.shiftMs ?? 0;
    return firstMs === null || lastMs === null ? [] : [{ startMs: firstMs + shift, endMs: lastMs + shift }];
  });
  return wholeTimeAxis(dated, 'wall', zone);
}

export const zone = computed(() => zoneOf(chosenZone.value, session.value.recordings));
/** Several recordings count from their starts unless somebody chose the clock on the wall. */
export const clock = computed((): TimeAxis['clock'] => choice.value.clock ?? defaultClock(session.value));
export const whole = computed(() => wholeAxis(session.value, clock.value, zone.value));

/** A growing recording is being followed. */
export const following = computed(() => live.value && chosenFollow.value);

/** What is in view. While following, the newest sample stays at the right edge. */
export const axis = computed((): TimeAxis => {
  const all = whole.value;
  const view = chosenView.value;
  if (view === null) return all;
  const width = widthOf(view);
  const span = following.value ? { fromMs: all.toMs - width, toMs: all.toMs } : view;
  return { ...all, ...clampTo(span, all) };
});

/** How times are written, whatever is in view: the same object while the view moves. */
export const clockOfAxis = computed(() => ({ clock: whole.value.clock, zone: zone.value }));

/** For words beside the graph. */
export const restingAxis = rested(axis, (next, before) => next.clock !== before.clock || next.zone !== before.zone);

export const zoomed = computed(() => !covers(axis.value, whole.value));

/** Looks at a span. Leaving the right edge of a growing recording pauses it. */
export function show(span: Span): void {
  const all = whole.peek();
  const next = clampTo(span, all);
  const follow = choice.peek().follow && (!live.peek() || next.toMs >= all.toMs);
  choose({ view: covers(next, all) ? null : next, follow });
}

export function showAll(): void {
  choose({ view: null, follow: choice.peek().follow || live.peek() });
}

export function pause(): void {
  const { fromMs, toMs } = axis.peek();
  choose({ follow: false, view: { fromMs, toMs } });
}

export function follow(): void {
  const { view } = choice.peek();
  const fromStart = view !== null && view.fromMs <= whole.peek().fromMs;
  choose({ follow: true, view: fromStart ? null : view });
}

/** What is subtracted from epoch times of this recording (or log's recording) to get the axis's. */
export function originOf(recording: string | null): number {
  const { recordings } = session.peek();
  const owner = recordings.find(({ id }) => id === recording) ?? recordings[0];
  return owner === undefined ? 0 : timeOrigin(owner, clock.peek());
}

/** Changes between wall clock and "from the start", keeping what is in view and the cursor where they are. */
export function chooseClock(wanted: TimeAxis['clock']): void {
  const first = session.peek().recordings[0];
  if (clock.peek() === wanted || first === undefined) return;
  const origin = timeOrigin(first, 'elapsed');
  moveBy(wanted === 'elapsed' ? -origin : origin, { clock: wanted });
}

/** Changes the axis so that its times are `by` ms later, keeping what is in view and the cursor on the first recording. */
export function moveBy(by: number, patch: Partial<Choice>): void {
  const { view, cursor } = choice.peek();
  choose({
    ...patch,
    view: view === null ? null : { fromMs: view.fromMs + by, toMs: view.toMs + by },
    cursor: cursor === null ? null : cursor + by,
  });
}
