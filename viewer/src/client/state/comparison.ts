// Two of the recordings as before and after: which they are, where they meet on the axis, and what differs between them.

import { computed, effect } from '@preact/signals';
import { timeOrigin } from '@tidemark/shared/chart/time-axis.js';
import { alignedAt } from '@tidemark/shared/compare/align.js';
import { type Comparison, compareRuns } from '@tidemark/shared/compare/compare.js';
import type { Run } from '@tidemark/shared/compare/run.js';
import { UsageError } from '@tidemark/shared/errors.js';
import type { RecordingView } from '@tidemark/shared/view/data-source.js';
import { clock, moveBy } from './axis.js';
import { choose, chosenAlign, chosenSides } from './choice.js';
import { type AlignChoice, commonPhases } from './common-phases.js';
import { findings } from './findings.js';
import { say } from './messages.js';
import { alignedAtMs, recordings, session } from './opened.js';

export interface Sides {
  readonly before: RecordingView;
  readonly after: RecordingView;
}

/** Null where there are not two. */
export const sides = computed((): Sides | null => {
  const open = recordings.value;
  const chosen = chosenSides.value;
  const named = (id: string | undefined) => open.find((recording) => recording.id === id);
  const before = named(chosen?.before) ?? open[0];
  const after = named(chosen?.after) ?? open.at(-1);
  return before === undefined || after === undefined || before.id === after.id ? null : { before, after };
});

export type Side = 'before' | 'after';

/** Null for a recording that is on neither side. */
export function sideOf(recording: string): Side | null {
  const now = sides.value;
  return recording === now?.before.id ? 'before' : recording === now?.after.id ? 'after' : null;
}

export function swapSides(): void {
  const now = sides.peek();
  if (now !== null) choose({ sides: { before: now.after.id, after: now.before.id } });
}

/** One that is on the other side changes places with it. */
export function chooseSide(side: Side, id: string): void {
  const now = sides.peek();
  if (now === null || now[side].id === id) return;
  const other = side === 'before' ? 'after' : 'before';
  if (now[other].id === id) swapSides();
  else choose({ sides: { before: now.before.id, after: now.after.id, [side]: id } });
}

/** In the order of the recordings; null until all are looked at, or where one holds no bytes. */
const runs = computed((): readonly Run[] | null => {
  const open = recordings.value;
  if (open.length < 2) return null;
  const found = open.flatMap(({ id, name }) => {
    const run = findings.value.get(id)?.run;
    return run ? [{ ...run, name }] : [];
  });
  return found.length === open.length ? found : null;
});

export const comparison = computed((): Comparison | null => {
  const now = sides.value;
  if (now === null) return null;
  const [before, after] = [now.before, now.after].map(({ id, name }): Run | null => {
    const run = findings.value.get(id)?.run;
    return run ? { ...run, name } : null;
  });
  return before && after ? compareRuns([before], [after]) : null;
});

/** The phases that all recordings have, in the order of the first. */
export const alignChoices = computed((): readonly AlignChoice[] => {
  const [first, ...others] = runs.value ?? [];
  return first === undefined
    ? []
    : commonPhases(
        first.phases,
        others.map(({ phases }) => phases),
      );
});

/** Null for the starts. What is in view of the first recording stays in view. */
export function chooseAlign(words: string | null): void {
  const first = session.peek().recordings[0];
  if (first === undefined || words === chosenAlign.peek()) return;
  const now = timeOrigin(first, 'elapsed');
  const next = originsFor(words)?.get(first.id) ?? first.startMs;
  moveBy(clock.peek() === 'elapsed' ? now - next : -next, { align: words, clock: 'elapsed' });
}

/** Null where nothing is known yet. Throws UsageError when a recording has no such phase. */
function originsFor(words: string | null): ReadonlyMap<string, number> | null {
  const known = runs.value;
  if (words === null || known === null) return null;
  const origins = alignedAt(known, { at: 'phase', phase: words });
  return new Map(recordings.value.map(({ id }, at) => [id, origins[at] as number]));
}

/** Keeps the recordings where the chosen phase says. */
export function watchAlignment(): () => void {
  return effect(() => {
    const words = clock.value === 'elapsed' ? chosenAlign.value : null;
    let next: ReadonlyMap<string, number> = new Map();
    try {
      next = originsFor(words) ?? next;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      say({ text: error.message, kind: 'error', ...(error.advice === null ? {} : { advice: error.advice }) });
      choose({ align: null });
    }
    const now = alignedAtMs.peek();
    const same = now.size === next.size && [...next].every(([id, at]) => now.get(id) === at);
    // Findings of one recording that are on their way again hold the others where they are.
    const waiting = words !== null && next.size === 0 && now.size > 0;
    if (!same && !waiting) alignedAtMs.value = next;
  });
}
