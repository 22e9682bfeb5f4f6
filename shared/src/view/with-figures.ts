// The figures that logs hold, among the columns of the recording that each log lies beside: what draws, lists and switches
// columns needs to know of no others. Stands in front of any source of data, so that a dropped log counts too.
import { ownerOf } from '../chart/default-view.js';
import type { SeriesColumn } from '../series/series.js';
import type { DataSource, LogClock, LogView, RecordingView, Session, WindowRequest } from './data-source.js';

/** What a picture is drawn from. */
export type Drawn = Pick<DataSource, 'session' | 'window' | 'phases' | 'marks' | 'annotations' | 'figures'>;

const AS_READ: LogClock = { zone: null, shiftMs: 0 };

/** A source of data for a page. */
export function withFigures(source: DataSource): DataSource {
  const { join, figureOf, drawn } = joining(source);
  return {
    ...source,
    ...drawn,
    async findings(request, signal) {
      const { recording, column } = request;
      if (figureOf(recording, column) === null) return source.findings(request, signal);
      return { column, spikes: [], suspects: [], leak: null, gap: null, run: null };
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
  const figureOf = (recording: string, column: string): SeriesColumn['figure'] | null =>
    now?.recordings.find(({ id }) => id === recording)?.columns.find(({ name }) => name === column)?.figure ?? null;
  const drawn: Drawn = {
    session: async () => join(await source.session()),
    window: (request, signal) => windowOf(source, request, figureOf, signal),
    async phases(recording, column) {
      // Between two prints nobody knows what the program held: no phases are read from that.
      return figureOf(recording, column) === null ? source.phases(recording, column) : [];
    },
    marks: (request, signal) => source.marks(request, signal),
    annotations: (recording) => source.annotations(recording),
    figures: (request, signal) => source.figures(request, signal),
  };
  return { join, figureOf, drawn };
}

async function windowOf(
  source: Drawn,
  request: WindowRequest,
  figureOf: (recording: string, column: string) => SeriesColumn['figure'] | null,
  signal?: AbortSignal,
) {
  const { recording, fromMs, toMs, pixels, clocks = {} } = request;
  const own: string[] = [];
  const byLog = new Map<string, { column: string; name: string }[]>();
  for (const column of request.columns) {
    const figure = figureOf(recording, column);
    if (!figure) own.push(column);
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
  if (beside.length === 0) return recording;
  const columns: SeriesColumn[] = [...recording.columns];
  const extremes = { ...recording.extremes };
  for (const log of beside) {
    for (const figure of log.figures) {
      const column = columnOf(log, figure, columns, beside.length > 1);
      columns.push(column);
      extremes[column.name] = figure.extremes;
    }
  }
  return { ...recording, columns, extremes };
}

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
