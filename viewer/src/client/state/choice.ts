// Everything that the person chose, in one value: the address holds it, so a reload, the back button and a pasted link
// bring the same view back.

import { computed, signal } from '@preact/signals';
import type { PanelLayout } from '@tidemark/shared/chart/panels.js';
import type { ValueScale } from '@tidemark/shared/chart/value-scale.js';
import type { Level } from '@tidemark/shared/logs/entry.js';
import type { LogClock, LogFilter } from '@tidemark/shared/view/data-source.js';
import type { Span } from './span.js';

export type Theme = 'system' | 'light' | 'dark';
/** Which zone wall times are shown in. */
export type ZoneChoice = 'recording' | 'local' | 'utc';

export interface Choice {
  /** In times of the axis; null for everything. */
  readonly view: Span | null;
  /** The pinned instant of the axis. */
  readonly cursor: number | null;
  /** Ids ("recording/column") of the lines shown; null until somebody switches one. */
  readonly lines: readonly string[] | null;
  /** The log whose tab is open; null for the first. */
  readonly log: string | null;
  readonly filter: LogFilter;
  readonly clocks: Readonly<Record<string, LogClock>>;
  /** The statement whose entries are lit, as "log/template"; null for none. */
  readonly suspect: string | null;
  /** Null for what suits what is open. */
  readonly clock: 'wall' | 'elapsed' | null;
  /** Words that name the phase at which several recordings meet (shared/src/compare/align.ts); null for their starts. */
  readonly align: string | null;
  /** Ids of the recordings that are compared; null for the first and the last. */
  readonly sides: { readonly before: string; readonly after: string } | null;
  readonly zone: ZoneChoice;
  readonly theme: Theme;
  /** Of several recordings. */
  readonly layout: PanelLayout;
  /** Of the value axis. */
  readonly scale: ValueScale;
  /** A growing recording keeps its newest sample at the right edge. */
  readonly follow: boolean;
}

export const NO_FILTER: LogFilter = { text: '', regex: false, levels: null };
export const PLAIN_CLOCK: LogClock = { zone: null, shiftMs: 0 };

export const INITIAL: Choice = {
  view: null,
  cursor: null,
  lines: null,
  log: null,
  filter: NO_FILTER,
  clocks: {},
  suspect: null,
  clock: null,
  align: null,
  sides: null,
  zone: 'recording',
  theme: 'system',
  layout: 'over',
  scale: 'zero',
  follow: true,
};

export const choice = signal<Choice>(INITIAL);

/** Changes some of it; equal values keep their identity, so that nothing is fetched twice. */
export function choose(patch: Partial<Choice>): void {
  choice.value = { ...choice.peek(), ...patch };
}

// Parts by themselves: whoever reads one is not woken by the others.
export const chosenView = computed(() => choice.value.view);
export const chosenLines = computed(() => choice.value.lines);
export const chosenLayout = computed(() => choice.value.layout);
export const chosenScale = computed(() => choice.value.scale);
export const chosenAlign = computed(() => choice.value.align);
export const chosenSides = computed(() => choice.value.sides);
export const chosenZone = computed(() => choice.value.zone);
export const chosenFollow = computed(() => choice.value.follow);
export const chosenLog = computed(() => choice.value.log);
export const cursorMs = computed(() => choice.value.cursor);
export const filter = computed(() => choice.value.filter);
export const chosenSuspect = computed(() => choice.value.suspect);
export const clocks = computed(() => choice.value.clocks);
export const theme = computed(() => choice.value.theme);

export function clockOf(log: string): LogClock {
  return clocks.value[log] ?? PLAIN_CLOCK;
}

export function setClock(log: string, clock: LogClock): void {
  const { [log]: _, ...others } = choice.peek().clocks;
  const plain = clock.zone === null && clock.shiftMs === 0;
  choose({ clocks: plain ? others : { ...others, [log]: clock } });
}

export function isFiltering({ text, levels, statement }: LogFilter): boolean {
  return text !== '' || levels !== null || statement !== undefined;
}

/** Adds or takes away one level; all of them is the same as no condition. */
export function toggleLevel(levels: readonly Level[] | null, level: Level, all: readonly Level[]): Level[] | null {
  const now = levels ?? [];
  const next = now.includes(level) ? now.filter((l) => l !== level) : all.filter((l) => l === level || now.includes(l));
  return next.length === 0 || all.every((l) => next.includes(l)) ? null : next;
}
