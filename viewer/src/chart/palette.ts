// Every colour of the graph and the pictures, as plain objects: no CSS is read, so a picture made without a browser looks
// the same. Lines take Okabe and Ito's colours (told apart by colour-blind people), darkened or lightened until they stand
// at least 3:1 against their background; text stands at least 4.5:1 (palette.test.ts holds both).
import type { ChartLine } from '@tidemark/shared/chart/model.js';
import type { Level } from '@tidemark/shared/logs/entry.js';
import type { PhaseKind } from '@tidemark/shared/phases/phase.js';

export interface Theme {
  readonly name: 'light' | 'dark';
  readonly background: string;
  readonly text: string;
  /** Labels of axes, footers. */
  readonly muted: string;
  readonly grid: string;
  readonly axis: string;
  /** By slot; a slot beyond the end starts over. */
  readonly lines: readonly string[];
  readonly phases: Readonly<Record<PhaseKind, string>>;
  /** How strongly a phase tints the plot and its name's strip, 0..1. */
  readonly phaseTint: { readonly plot: number; readonly strip: number };
  readonly levels: Readonly<Record<Level | 'none', string>>;
  readonly limit: string;
  readonly note: string;
  /** On `note`. */
  readonly onColour: string;
  readonly mark: string;
  readonly gap: string;
  readonly cursor: string;
  readonly selection: string;
}

export const LIGHT: Theme = {
  name: 'light',
  background: '#ffffff',
  text: '#18202b',
  muted: '#566173',
  grid: '#e7eaef',
  axis: '#a3acb9',
  lines: ['#0072b2', '#d55e00', '#00835f', '#a87400', '#3f4a5a', '#7a7200', '#b0568a', '#2b8cc4'],
  phases: { rise: '#c2410c', climb: '#d98e04', plateau: '#7b8798', fall: '#3a9bd1', drop: '#0b5c97' },
  phaseTint: { plot: 0.06, strip: 0.2 },
  levels: {
    trace: '#7d8795',
    debug: '#7d8795',
    info: '#41719c',
    none: '#6b7686',
    warn: '#b26a00',
    error: '#c42b1c',
    fatal: '#7d1460',
  },
  limit: '#b3261e',
  note: '#5b3fa8',
  onColour: '#ffffff',
  mark: '#5b3fa8',
  gap: '#8a94a3',
  cursor: '#18202b',
  selection: 'rgba(0, 114, 178, 0.14)',
};

export const DARK: Theme = {
  name: 'dark',
  background: '#10161e',
  text: '#e9eef4',
  muted: '#9dabbc',
  grid: '#222b37',
  axis: '#566375',
  lines: ['#56b4e9', '#ff8f4a', '#2fc898', '#e9b949', '#c3ccd8', '#f0e442', '#e59ac6', '#7da9ff'],
  phases: { rise: '#ff7a45', climb: '#f0b43c', plateau: '#8794a6', fall: '#6cc3f2', drop: '#4a90d9' },
  phaseTint: { plot: 0.07, strip: 0.28 },
  levels: {
    trace: '#7f8ea1',
    debug: '#7f8ea1',
    info: '#7fb2dd',
    none: '#93a1b3',
    warn: '#f2b13d',
    error: '#ff6b5c',
    fatal: '#f08bd8',
  },
  limit: '#ff7b70',
  note: '#b9a3ff',
  onColour: '#10161e',
  mark: '#b9a3ff',
  gap: '#6f7d90',
  cursor: '#e9eef4',
  selection: 'rgba(86, 180, 233, 0.2)',
};

export const THEMES = { light: LIGHT, dark: DARK } as const;

/** Dashes by recording, in units of the line's width: the second cue beside colour when several are on one graph. */
const DASHES: readonly (readonly number[])[] = [[], [5, 3], [1.5, 2.5], [7, 2.5, 1.5, 2.5]];

/** What a program printed of itself is dashed too, and dotted at its prints where these are few (traces.ts). */
const PRINTED: readonly number[] = [4, 2];

/** The gap is no measurement of its own: a dash and two dots, in every recording. */
const GAP: readonly number[] = [5, 2, 1.2, 2, 1.2, 2];

/** What of a line decides how it looks. */
export type LineLook = Pick<ChartLine, 'slot' | 'group' | 'lead' | 'kind'>;

export interface LineStyle {
  readonly colour: string;
  /** In CSS pixels at a text size of 12. */
  readonly width: number;
  readonly dash: readonly number[];
}

/** How a line looks, in the graph and in every legend. */
export function lineStyle(theme: Theme, line: LineLook): LineStyle {
  const width = line.lead ? 2 : 1.5;
  // Neighbouring recordings differ in colour too: the same column of the second one is not merely dashed. Three on, so that
  // job, container and machine of three recordings are nine lines of which hardly two share a colour.
  const slot = (line.slot + line.group * 3) % theme.lines.length;
  return {
    colour: theme.lines[slot] as string,
    width,
    dash: dashOf(line).map((part) => part * width),
  };
}

function dashOf({ kind, group }: LineLook): readonly number[] {
  if (kind === 'gap') return GAP;
  return kind === 'printed' && group === 0 ? PRINTED : (DASHES[group % DASHES.length] as readonly number[]);
}

/** "#rrggbb" with an opacity. */
export function withAlpha(colour: string, alpha: number): string {
  const channel = (at: number): number => Number.parseInt(colour.slice(at, at + 2), 16);
  return `rgba(${channel(1)}, ${channel(3)}, ${channel(5)}, ${alpha})`;
}

/** Text or background, whichever is easier to read on a colour. */
export function readableOn(theme: Theme, colour: string): string {
  return contrast(theme.text, colour) > contrast(theme.background, colour) ? theme.text : theme.background;
}

/** Contrast of two "#rrggbb" as WCAG 2 counts it: 1 for none, 21 for black on white. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const linear = (at: number): number => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5);
}
