// Made-up recordings for the tests of the graph and its pictures.
import type { Phase, PhaseKind } from '../phases/phase.js';
import { columnNamed } from '../recording/columns.js';
import type { RecordingInfo } from '../recording/recording.js';
import type { Extremes, SeriesWindow } from '../series/series.js';
import type { LogMarks, RecordingView } from '../view/data-source.js';
import { defaultColumns } from './columns-shown.js';
import type { ShownRecording } from './shown.js';

export const MiB = 1024 ** 2;
export const GiB = 1024 ** 3;
/** 2026-11-20 16:35:00 UTC. */
export const START = Date.UTC(2026, 10, 20, 16, 35);

export interface Drawn {
  readonly id?: string;
  readonly startMs?: number;
  readonly stepMs?: number;
  /** Values a column, all of one length; null for a cell that was not measured. */
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
  readonly columns?: readonly string[];
  readonly phases?: readonly Phase[];
  readonly notes?: ShownRecording['notes'];
  readonly events?: RecordingView['events'];
  /** Null for a CSV from elsewhere. */
  readonly info?: Partial<RecordingInfo> | null;
}

/** A recording with one sample a step, as the series store would hand it out. */
export function drawn(given: Drawn): ShownRecording {
  const { id = 'r1', startMs = START, stepMs = 1000, values } = given;
  const names = Object.keys(values);
  const rows = Math.max(0, ...names.map((name) => values[name]?.length ?? 0));
  const times = Float64Array.from({ length: rows }, (_, i) => startMs + i * stepMs);
  const columns = names.map((name) => ({
    name,
    unit: columnNamed(name)?.unit ?? (name.endsWith('_bytes') ? ('bytes' as const) : ('count' as const)),
    label: columnNamed(name)?.label ?? name,
  }));
  const traces = names.map((column) => ({
    column,
    times,
    values: Float64Array.from(values[column] ?? [], (value) => value ?? Number.NaN),
  }));
  const extremes = Object.fromEntries(
    traces.flatMap((trace) => {
      const found = extremesOf(trace.times, trace.values);
      return found === null ? [] : [[trace.column, found]];
    }),
  );
  const endMs = startMs + Math.max(0, rows - 1) * stepMs;
  const recording: RecordingView = {
    id,
    name: id,
    info: given.info === null ? null : { ...INFO, ...given.info },
    columns,
    rows,
    startMs,
    endMs,
    extremes,
    events: given.events ?? [],
    live: false,
    remarks: [],
    writable: true,
  };
  const window: SeriesWindow = { fromMs: startMs, toMs: endMs, exact: true, traces, extremes };
  return {
    recording,
    columns: given.columns ?? defaultColumns(recording),
    window,
    phases: given.phases ?? [],
    notes: given.notes ?? [],
  };
}

function extremesOf(times: Float64Array, values: Float64Array): Extremes | null {
  let min = -1;
  let max = -1;
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    if (min < 0 || value < (values[min] as number)) min = i;
    if (max < 0 || value > (values[max] as number)) max = i;
  }
  if (min < 0) return null;
  return {
    min: values[min] as number,
    minAtMs: times[min] as number,
    max: values[max] as number,
    maxAtMs: times[max] as number,
  };
}

/** Seconds from `START`. */
export function phase(kind: PhaseKind, fromS: number, toS: number, deltaBytes: number, share = 0): Phase {
  return {
    kind,
    startMs: START + fromS * 1000,
    endMs: START + toS * 1000,
    startBytes: 0,
    endBytes: deltaBytes,
    deltaBytes,
    slopeBytesPerS: deltaBytes / (toS - fromS),
    share,
  };
}

/** Marks at seconds from `START`; levels are indexes into LEVELS, 255 for none. */
export function marksAt(list: readonly (readonly [second: number, level: number])[]): LogMarks {
  return {
    times: Float64Array.from(list, ([second]) => START + second * 1000),
    levels: Uint8Array.from(list, ([, level]) => level),
    counts: new Uint32Array(list.length).fill(1),
    lines: Uint32Array.from(list, (_, i) => i + 1),
    total: list.length,
  };
}

const INFO: RecordingInfo = {
  format: 1,
  tidemark_version: '0.1.0',
  label: null,
  command: ['python3', 'load.py'],
  working_directory: '/srv/app',
  host: { name: 'build-07', os: 'Debian 12', kernel: '6.18', cpus: 2, memory_total_bytes: 16 * GiB, container: null },
  time_zone: 'UTC',
  started_at: '2026-11-20T16:35:00.000Z',
  ended_at: null,
  interval_ms: 1000,
  columns: [],
  peak_sources: { job: 'vm-hwm', container: null },
  cgroup: null,
  job: null,
  logs: [],
  own_cost: null,
};
