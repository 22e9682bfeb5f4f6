// The figures that logs hold, and the gap between them and what is charged, among the columns of the recording that each log lies
// beside: what draws, lists and switches columns needs to know of no others. Stands in front of any source of data, so that a
// dropped log counts too.
import { defaultColumns, leadColumn, ownFigure } from '../chart/columns-shown.js';
import { type ChartSource, ownerOf } from '../chart/default-view.js';
import { countedColumn, isCharge } from '../gap/counted-gap.js';
import { gapLine } from '../gap/gap-line.js';
import type { Extremes, SeriesColumn, SeriesWindow } from '../series/series.js';
import type { DataSource, LogClock, LogView, RecordingView, Session, WindowRequest } from './data-source.js';

/** What a picture is drawn from. */
export type Drawn = ChartSource & Pick<DataSource, 'figures'>;

/** The gap is taken from a finer count than is drawn: between two points that were kept it would go straight past the others. */
const FINER = 4;
/** The most that a window may be asked for. */
const MOST_PIXELS = 32_768;

const AS_READ: LogClock = { zone: null, shiftMs: 0 };

/** A source of data for a page. */
export function withFigures(source: DataSource): DataSource {
  const { join, isSampled, drawn } = joining(source);
  return {
    ...source,
    ...drawn,
    async findings(request, signal) {
      const { recording, column } = request;
      if (isSampled(recording, column)) return source.findings(request, signal);
      return { column, spikes: [], phases: [], suspects: [], leak: null, gap: null, run: null };
    },
    subscribe: (listener, onConnection) => source.subscribe((session) => listener(join(session)), onConnection),
  };
}

/** The same for what only draws. */
export function drawnWithFigures(source: Drawn): Drawn {
  return joining(source).drawn;
}

function joining(source: Drawn) {
  let now: Session | null = null;
  const join = (session: Session): Session => {
    now = joinFigures(session);
    return now;
  };
  const columnOf = (recording: string, column: string): SeriesColumn | undefined =>
    now?.recordings.find(({ id }) => id === recording)?.columns.find(({ name }) => name === column);
  const isSampled = (recording: string, name: string): boolean => {
    const column = columnOf(recording, name);
    return column?.figure === undefined && column?.gap === undefined;
  };
  const drawn = {
    session: async () => join(await source.session()),
    window: (request: WindowRequest, signal?: AbortSignal) =>
      windowOf(source, request, (name) => columnOf(request.recording, name), signal),
    async phases(recording, column) {
      // Between two prints nobody knows what the program held: no phases are read from that.
      return isSampled(recording, column) ? source.phases(recording, column) : [];
    },
    marks: (request, signal) => source.marks(request, signal),
    annotations: (recording) => source.annotations(recording),
    figures: (request, signal) => source.figures(request, signal),
    ...(source.gap && { gap: (recording: string) => source.gap?.(recording) ?? Promise.resolve(null) }),
  } satisfies Drawn;
  return { join, isSampled, drawn };
}

async function windowOf(
  source: Drawn,
  request: WindowRequest,
  columnNamed: (name: string) => SeriesColumn | undefined,
  signal?: AbortSignal,
): Promise<SeriesWindow> {
  const { recording, fromMs, toMs, pixels, clocks = {} } = request;
  const gaps = request.columns.flatMap((name) => {
    const between = columnNamed(name)?.gap;
    return between === undefined ? [] : [{ name, between }];
  });
  if (gaps.length > 0) return withGaps(source, request, gaps, columnNamed, signal);
  const own: string[] = [];
  const byLog = new Map<string, { column: string; name: string }[]>();
  for (const column of request.columns) {
    const figure = columnNamed(column)?.figure;
    if (figure === undefined) own.push(column);
    else byLog.set(figure.log, [...(byLog.get(figure.log) ?? []), { column, name: figure.name }]);
  }
  const samples = source.window({ recording, columns: own, fromMs, toMs, pixels }, signal);
  const printed = [...byLog].map(async ([log, wanted]) => {
    const names = wanted.map(({ name }) => name);
    const clock = clocks[log] ?? AS_READ;
    const answer = await source.figures({ log, clock, names, fromMs, toMs, pixels }, signal);
    const columnOf = (name: string): string => wanted.find((one) => one.name === name)?.column ?? name;
    return {
      ...answer,
      traces: answer.traces.map((trace) => ({ ...trace, column: columnOf(trace.column) })),
      extremes: Object.fromEntries(Object.entries(answer.extremes).map(([name, value]) => [columnOf(name), value])),
    };
  });
  const all = await Promise.all([samples, ...printed]);
  return {
    fromMs,
    toMs,
    exact: all.every(({ exact }) => exact),
    traces: all.flatMap(({ traces }) => traces),
    extremes: Object.assign({}, ...all.map(({ extremes }) => extremes)) as (typeof all)[number]['extremes'],
  };
}

/** The window of the other columns, then of each gap what it lies between. */
async function withGaps(
  source: Drawn,
  request: WindowRequest,
  gaps: readonly { readonly name: string; readonly between: NonNullable<SeriesColumn['gap']> }[],
  columnNamed: (name: string) => SeriesColumn | undefined,
  signal?: AbortSignal,
): Promise<SeriesWindow> {
  const ask = (columns: readonly string[], finer = 1): Promise<SeriesWindow> => {
    const pixels = Math.min(MOST_PIXELS, request.pixels * finer);
    return windowOf(source, { ...request, columns, pixels }, columnNamed, signal);
  };
  const [others, ...curves] = await Promise.all([
    ask(request.columns.filter((column) => gaps.every(({ name }) => name !== column))),
    ...gaps.flatMap(({ between }) => [ask([between.charged]), ask([between.counted], FINER)]),
  ]);
  const traces = [...others.traces];
  const extremes = { ...others.extremes };
  let { exact } = others;
  for (const [i, { name }] of gaps.entries()) {
    const [charged, counted] = [curves[2 * i], curves[2 * i + 1]];
    exact &&= (charged?.exact ?? false) && (counted?.exact ?? false);
    const [a, b] = [charged?.traces[0], counted?.traces[0]];
    if (a === undefined || b === undefined) continue;
    const line = gapLine(a, b);
    traces.push({ column: name, ...line });
    const here = extremesWithin(line, request);
    if (here !== null) extremes[name] = here;
  }
  return { ...others, exact, traces, extremes };
}

function extremesWithin(
  { times, values }: { readonly times: Float64Array; readonly values: Float64Array },
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Extremes | null {
  let [low, high] = [-1, -1];
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value) || times[i]! < fromMs || times[i]! > toMs) continue;
    if (low < 0 || value < values[low]!) low = i;
    if (high < 0 || value > values[high]!) high = i;
  }
  return low < 0 ? null : { min: values[low]!, minAtMs: times[low]!, max: values[high]!, maxAtMs: times[high]! };
}

const JOINED = new WeakMap<Session, Session>();

function joinFigures(session: Session): Session {
  let joined = JOINED.get(session);
  if (joined === undefined) {
    joined = { ...session, recordings: session.recordings.map((recording) => joinRecording(recording, session)) };
    JOINED.set(session, joined);
  }
  return joined;
}

function joinRecording(recording: RecordingView, { recordings, logs }: Session): RecordingView {
  const beside = logs.filter((log) => log.figures.length > 0 && ownerOf(log, recordings)?.id === recording.id);
  const columns: SeriesColumn[] = [...recording.columns];
  const extremes = { ...recording.extremes };
  const curves: SeriesColumn[] = [];
  for (const log of beside) {
    for (const figure of log.figures) {
      const column = columnOf(log, figure, columns, beside.length > 1);
      columns.push(column);
      extremes[column.name] = figure.extremes;
      // One print is no curve.
      if (figure.readings > 1) curves.push(column);
    }
  }
  const gap = gapBetween({ ...recording, extremes }, curves, columns);
  return columns.length === recording.columns.length && gap === null
    ? recording
    : { ...recording, columns: gap === null ? columns : [...columns, gap], extremes };
}

/** The gap as a column of its own; null where the system charges nothing or the program counts nothing. */
function gapBetween(
  recording: Pick<RecordingView, 'columns' | 'extremes'>,
  figures: readonly SeriesColumn[],
  taken: readonly SeriesColumn[],
): SeriesColumn | null {
  const charged = leadColumn(recording.columns, defaultColumns(recording));
  const column = recording.columns.find(({ name }) => name === charged);
  const own = countedColumn(recording);
  const sampled = own?.name === charged ? null : own;
  const figure = ownFigure(figures);
  const counted = figure?.figure?.asked ? figure : (sampled ?? figure);
  if (column?.unit !== 'bytes' || !isCharge(column.name) || counted === null) return null;
  return {
    name: taken.some(({ name }) => name === GAP_COLUMN) ? `${GAP_COLUMN}@samples` : GAP_COLUMN,
    unit: 'bytes',
    label: `Gap: ${column.label} − ${counted.label}`,
    gap: { charged: column.name, counted: counted.name },
  };
}

/** In addresses, and for `tidemark export --column`. */
const GAP_COLUMN = 'gap_bytes';

function columnOf(
  log: LogView,
  { name, label, counts, meaning, format }: LogView['figures'][number],
  taken: readonly SeriesColumn[],
  several: boolean,
): SeriesColumn {
  return {
    name: taken.some((column) => column.name === name) ? `${name}@${log.id}` : name,
    unit: 'bytes',
    label: several ? `${label}, ${log.name}` : label,
    figure: { log: log.id, name, counts, meaning, asked: format.startsWith('asked:') },
  };
}
