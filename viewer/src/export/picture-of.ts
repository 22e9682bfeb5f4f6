// From an open session to the bytes of a picture: the graph that the page opens with, over the span that was asked for.

import { defaultColumns, leadColumn, lineColumns } from '@tidemark/shared/chart/columns-shown.js';
import { defaultClock, defaultModel, defaultZone } from '@tidemark/shared/chart/default-view.js';
import { findDetails } from '@tidemark/shared/chart/details.js';
import { INSTANT_FORMS, parseInstant } from '@tidemark/shared/chart/instants.js';
import type { ChartModel, TimeAxis } from '@tidemark/shared/chart/model.js';
import type { PanelLayout } from '@tidemark/shared/chart/panels.js';
import { timeOrigin, wholeTimeAxis } from '@tidemark/shared/chart/time-axis.js';
import type { ValueScale } from '@tidemark/shared/chart/value-scale.js';
import { UnavailableError, UsageError } from '@tidemark/shared/errors.js';
import { isZone } from '@tidemark/shared/timestamps/zone.js';
import type { RecordingView, Session } from '@tidemark/shared/view/data-source.js';
import { type Drawn, drawnWithFigures } from '@tidemark/shared/view/with-figures.js';

import { THEMES } from '../chart/palette.js';
import { SMALLEST_PICTURE } from '../chart/picture.js';
import type { ExportFormat } from './formats/format.js';

export interface PictureRequest {
  /** Pixels of the file are `scale` times these. */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly theme: 'light' | 'dark';
  readonly title?: string;
  /** Under the title, instead of what the samples say. */
  readonly subtitle?: string;
  /** See `INSTANT_FORMS`; the recording's start and end when left out. */
  readonly since?: string;
  readonly until?: string;
  /** Zone of the times shown; the recording's own when left out. */
  readonly timezone?: string;
  /** Names of columns to draw; the default ones when left out. */
  readonly columns?: readonly string[];
  /** The gap between what is charged and what the program counts as a line beside the others. */
  readonly gap?: boolean;
  readonly clock?: 'wall' | 'elapsed';
  readonly axis?: ValueScale;
  /** Of several recordings; one plot when left out. */
  readonly layout?: PanelLayout;
  /** What names the phase at which several recordings meet; left out for their starts. */
  readonly alignedAt?: string;
  readonly version?: string;
}

/** More than this is no picture any more; a canvas of it takes 400 MB. Unit: pixels. */
const MOST_PIXELS = 100e6;
/** Skia draws no longer edge. */
const LONGEST_EDGE = 32_767;

/** Throws UsageError before any work for a size, theme or zone that cannot be. */
export function checkPictureRequest({ width, height, scale, theme, timezone }: PictureRequest): void {
  const least = SMALLEST_PICTURE;
  if (!(width >= least.width && height >= least.height)) {
    throw new UsageError(`A picture is at least ${least.width} x ${least.height}, not ${width} x ${height}.`);
  }
  if (!(scale >= 0.5 && scale <= 8)) throw new UsageError(`--scale is from 0.5 to 8, not ${scale}.`);
  const [w, h] = [width * scale, height * scale];
  if (w > LONGEST_EDGE || h > LONGEST_EDGE || w * h > MOST_PIXELS) {
    throw new UsageError(`${w} x ${h} pixels are too many: ${MOST_PIXELS / 1e6} million at most.`);
  }
  if (!(theme in THEMES)) throw new UsageError(`--theme is light or dark, not ${theme}.`);
  if (timezone !== undefined && !isZone(timezone)) {
    throw new UsageError(`--timezone: ${timezone} is not a zone.`, 'Examples: Europe/Berlin, UTC, +02:00.');
  }
}

export interface Picture {
  readonly bytes: Uint8Array;
  /** What the person should know about it, in whole sentences. */
  readonly remarks: readonly string[];
}

type DetailsSource = Parameters<typeof findDetails>[0];

export async function pictureOf(
  opened: Drawn,
  request: PictureRequest,
  format: ExportFormat,
  /** Where phases and log lines under the graph come from; null for none. */
  detailsFrom: DetailsSource | null = null,
): Promise<Picture> {
  checkPictureRequest(request);
  const source = drawnWithFigures(opened);
  const session = await source.session();
  const [first] = session.recordings;
  if (first === undefined) throw new UnavailableError('There is no recording to draw.');
  if (session.recordings.every((recording) => recording.rows === 0)) {
    throw new UnavailableError(`${first.name}: there are no samples to draw.`, first.remarks[0] ?? null);
  }
  if (session.recordings.length < 2 && (request.layout ?? 'over') !== 'over') {
    throw new UsageError('--layout is about several recordings, and there is one.', 'Example: export BEFORE AFTER');
  }
  const time = timeOf(session, first, request);
  const { title, subtitle, columns, version, width, height, scale, theme } = request;
  const model = await defaultModel(source, {
    time,
    // Twice the pixels of the file would not be seen; one a pixel keeps every extreme.
    pixels: Math.round(width * scale),
    ...(title === undefined ? {} : { title }),
    ...(subtitle === undefined ? {} : { subtitle }),
    scale: request.axis ?? 'zero',
    alignedAt: request.alignedAt ?? null,
    layout: request.layout ?? null,
    ...(version === undefined ? {} : { version }),
    ...(columns === undefined && !request.gap ? {} : { columns: columnsOf(session, columns, request.gap ?? false) }),
  });
  const details =
    detailsFrom !== null && format.drawn
      ? await findDetails(detailsFrom, model, { atMs: null, log: null, clockOf: () => ({ zone: null, shiftMs: 0 }) })
      : null;
  const bytes = await format.write(model, { width, height, scale, theme: THEMES[theme], details });
  return { bytes, remarks: remarksOn(session, model) };
}

/** Logs whose marks are missing, which is the commonest trouble with times, and what was said when the files were read. */
function remarksOn({ recordings, logs }: Session, model: ChartModel): string[] {
  const shown = new Set(model.marks.map(({ lane }) => model.lanes[lane]?.log));
  return [
    ...recordings.flatMap(({ name, remarks }) => remarks.map((remark) => `${name}: ${remark}`)),
    ...logs.flatMap(({ id, name, facts, remarks }) => {
      const said = remarks.map((remark) => `${name}: ${remark}`);
      if (shown.has(id) || facts.firstMs === null || facts.lastMs === null) return said;
      const span = `${iso(facts.firstMs)} to ${iso(facts.lastMs)}`;
      return [
        ...said,
        `${name}: none of its entries are in the picture. Read in ${facts.zone}, they run from ${span}.`,
      ];
    }),
  ];
}

/** The span in axis time. Throws UsageError when it is none. */
function timeOf(session: Session, first: RecordingView, request: PictureRequest): TimeAxis {
  const clock = request.clock ?? defaultClock(session);
  const zone = request.timezone ?? defaultZone(session);
  const whole = wholeTimeAxis(session.recordings, clock, zone);
  const origin = timeOrigin(first, clock);
  const span = { startMs: whole.fromMs + origin, endMs: whole.toMs + origin };
  const instant = (option: string, text: string | undefined, otherwise: number): number => {
    if (text === undefined) return otherwise;
    const ms = parseInstant(text, span, zone);
    if (ms === null) throw new UsageError(`${option} ${text}: expected ${INSTANT_FORMS}.`);
    return ms - origin;
  };
  const fromMs = instant('--since', request.since, whole.fromMs);
  const toMs = instant('--until', request.until, whole.toMs);
  const runs = `The recording runs from ${iso(span.startMs)} to ${iso(span.endMs)}.`;
  if (fromMs >= toMs) throw new UsageError('--since must be before --until.', runs);
  if (fromMs > whole.toMs || toMs < whole.fromMs) throw new UsageError('That span is outside the recording.', runs);
  return { fromMs, toMs, clock, zone };
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** The named columns, or the usual ones, and the gap by recording. Throws UsageError for a name that no recording has. */
function columnsOf(
  session: Session,
  names: readonly string[] | undefined,
  gap: boolean,
): Record<string, readonly string[]> {
  const { recordings } = session;
  const gaps = recordings.map(({ columns }) => (gap ? columns.find((column) => column.gap !== undefined) : undefined));
  if (gap && gaps.every((column) => column === undefined)) {
    throw new UsageError(
      '--gap: nothing says what the program counts of its own memory.',
      'It takes a column such as heap_bytes, a figure in the log (tidemark logs FILE lists them), or --series.',
    );
  }
  const chosen = names === undefined ? null : named(session, names);
  return Object.fromEntries(
    recordings.flatMap((recording, i) => {
      const lines = chosen === null ? defaultColumns(recording, recordings.length > 1) : chosen[recording.id];
      const own = gaps[i]?.name;
      if (lines === undefined) return own === undefined ? [] : [[recording.id, [own]]];
      return [[recording.id, own === undefined || lines.includes(own) ? lines : [...lines, own]]];
    }),
  );
}

function named(session: Session, names: readonly string[]): Record<string, readonly string[]> {
  const known = new Set(session.recordings.flatMap((r) => lineColumns(r.columns).map((c) => c.name)));
  const strange = names.find((name) => !known.has(name));
  if (strange !== undefined) {
    throw new UsageError(`There is no column ${strange}.`, `There are ${[...known].join(', ')}.`);
  }
  return Object.fromEntries(
    session.recordings
      .filter((r) => leadColumn(r.columns, names) !== null)
      .map((r) => [r.id, names.filter((name) => r.columns.some((c) => c.name === name))]),
  );
}
