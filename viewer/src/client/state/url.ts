// The person's choices as a readable fragment: "#view=0..20000&at=4310&log=app&q=epoch&levels=warn+error". Only what differs
// from the start is written. Reading trusts nothing: a value that makes no sense is left out.
import { PANEL_LAYOUTS } from '@tidemark/shared/chart/panels.js';
import { VALUE_SCALES } from '@tidemark/shared/chart/value-scale.js';
import { LEVELS, type Level } from '@tidemark/shared/logs/entry.js';
import type { LogClock } from '@tidemark/shared/view/data-source.js';
import { type Choice, INITIAL, type Theme, type ZoneChoice } from './choice.js';
import type { Span } from './span.js';

/** As long as a request may carry. */
const MOST_STATEMENT = 2000;
const CLOCK_PREFIX = 'clock.';

/** The fragment without its "#"; empty when nothing was chosen. */
export function writeUrl(choice: Choice): string {
  const out = new URLSearchParams();
  const { view, cursor, lines, log, filter, clocks, suspect, clock, align, sides, layout, zone, theme, scale, follow } =
    choice;
  if (view !== null) out.set('view', `${round(view.fromMs)}..${round(view.toMs)}`);
  if (cursor !== null) out.set('at', String(round(cursor)));
  if (lines !== null) out.set('lines', lines.join(' '));
  if (log !== null) out.set('log', log);
  if (filter.text !== '') out.set('q', filter.text);
  if (filter.regex) out.set('regex', '1');
  if (filter.levels !== null) out.set('levels', filter.levels.join(' '));
  if (filter.statement !== undefined) out.set('only', filter.statement);
  if (suspect !== null) out.set('suspect', suspect);
  if (clock !== null) out.set('time', clock);
  if (align !== null) out.set('align', align);
  if (layout !== INITIAL.layout) out.set('layout', layout);
  if (sides !== null) out.set('compare', `${sides.before} ${sides.after}`);
  if (zone !== INITIAL.zone) out.set('zone', zone);
  if (theme !== INITIAL.theme) out.set('theme', theme);
  if (scale !== INITIAL.scale) out.set('scale', scale);
  if (follow !== INITIAL.follow) out.set('follow', '0');
  for (const [id, { zone: read, shiftMs }] of Object.entries(clocks)) {
    out.set(`${CLOCK_PREFIX}${id}`, `${shiftMs}..${read ?? ''}`);
  }
  return out.toString();
}

export function readUrl(fragment: string): Choice {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const lines = given.get('lines');
  const levels = given.get('levels');
  const clocks: Record<string, LogClock> = {};
  for (const [name, value] of given) {
    const read = name.startsWith(CLOCK_PREFIX) ? readClock(value) : null;
    if (read !== null) clocks[name.slice(CLOCK_PREFIX.length)] = read;
  }
  return {
    view: readSpan(given.get('view')),
    cursor: readNumber(given.get('at')),
    lines: lines === null ? null : lines.split(' ').filter((id) => id !== ''),
    log: given.get('log'),
    filter: {
      text: given.get('q') ?? '',
      regex: given.get('regex') === '1',
      levels: levels === null ? null : readLevels(levels),
      ...(given.get('only') ? { statement: given.get('only')?.slice(0, MOST_STATEMENT) ?? '' } : {}),
    },
    clocks,
    suspect: given.get('suspect'),
    clock: oneOf(given.get('time'), ['wall', 'elapsed'] as const),
    align: given.get('align')?.trim() || null,
    layout: oneOf(given.get('layout'), PANEL_LAYOUTS) ?? INITIAL.layout,
    sides: readSides(given.get('compare')),
    zone: oneOf<ZoneChoice>(given.get('zone'), ['local', 'utc']) ?? INITIAL.zone,
    theme: oneOf<Theme>(given.get('theme'), ['light', 'dark']) ?? INITIAL.theme,
    scale: oneOf(given.get('scale'), VALUE_SCALES) ?? INITIAL.scale,
    follow: given.get('follow') !== '0',
  };
}

const round = (ms: number): number => Math.round(ms * 10) / 10;

function oneOf<T extends string>(text: string | null, known: readonly T[]): T | null {
  return known.find((k) => k === text) ?? null;
}

function readNumber(text: string | null): number | null {
  if (text === null || !/^-?\d{1,16}(\.\d+)?$/.test(text)) return null;
  return Number(text);
}

function readSpan(text: string | null): Span | null {
  const [from, to] = (text ?? '').split('..');
  const fromMs = readNumber(from ?? null);
  const toMs = readNumber(to ?? null);
  return fromMs === null || toMs === null || toMs <= fromMs ? null : { fromMs, toMs };
}

function readSides(text: string | null): Choice['sides'] {
  const [before = '', after = '', ...rest] = text?.split(' ') ?? [];
  return before === '' || after === '' || before === after || rest.length > 0 ? null : { before, after };
}

function readLevels(text: string): Level[] | null {
  const wanted = text.split(' ');
  const levels = LEVELS.filter((level) => wanted.includes(level));
  return levels.length === 0 ? null : levels;
}

function readClock(text: string): LogClock | null {
  const [shift, zone] = text.split('..');
  const shiftMs = readNumber(shift ?? null);
  if (shiftMs === null || !/^[A-Za-z0-9_+\-/:]{0,64}$/.test(zone ?? '')) return null;
  return { shiftMs, zone: zone === undefined || zone === '' ? null : zone };
}
