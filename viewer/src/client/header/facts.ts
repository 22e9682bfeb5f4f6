// The numbers of the header, each with how it is known. Pure: the tiles only lay them out.

import { formatInstant, formatValue } from '@tidemark/shared/chart/captions.js';
import { LIMIT_COLUMN, peakColumnOf } from '@tidemark/shared/chart/columns-shown.js';
import type { TimeAxis } from '@tidemark/shared/chart/model.js';
import { timeOrigin } from '@tidemark/shared/chart/time-axis.js';
import type { PeakSource } from '@tidemark/shared/recording/recording.js';
import type { RecordingView } from '@tidemark/shared/view/data-source.js';
import { formatBytes } from '@tidemark/shared/words/bytes.js';
import { formatDuration } from '@tidemark/shared/words/durations.js';
import { processesText, worthNaming } from '@tidemark/shared/words/processes.js';

export interface Fact {
  readonly name: string;
  readonly value: string;
  /** Where the value comes from, or when it was. */
  readonly detail: string;
  /** A sentence for who asks "how do you know?"; empty for nothing to add. */
  readonly why: string;
  /** 0..1 for a bar under the value. */
  readonly share?: number;
  readonly tight?: boolean;
}

const HOW: Readonly<Record<PeakSource, readonly [short: string, sentence: string]>> = {
  'vm-hwm': [
    'high-water mark',
    "The kernel's high-water mark (VmHWM) of each process, summed: at least this was reached; over several processes an upper bound.",
  ],
  'cgroup-memory-peak': ['memory.peak', 'The exact peak of the control group (memory.peak), page cache included.'],
  'cgroup-v1-max-usage': [
    'max_usage',
    'The highest charge of the control group (memory.max_usage_in_bytes), page cache included.',
  ],
  'clear-refs': [
    'exact',
    'The high-water mark of each process, reset between samples: the exact peak of every interval.',
  ],
  samples: ['samples only', 'The highest sample. What happened between two samples is not known.'],
};

/** A CSV that travelled without its recording.json. */
const PEAK_COLUMN = [
  'peak column',
  'The highest of the column of peaks; how they were known is not written down.',
] as const;

/** Above this share of the limit there is little room left. */
const TIGHT = 0.9;

export function peakFact(recording: RecordingView, column: string, time: TimeAxis): Fact {
  const band = peakColumnOf(recording.columns, column);
  const high = band === null ? undefined : recording.extremes[band];
  const line = recording.extremes[column];
  const best = high !== undefined && (line === undefined || high.max > line.max) ? high : line;
  if (best === undefined) return { name: 'Peak', value: 'not measured', detail: '', why: '' };
  const sources = recording.info?.peak_sources;
  const source = band === null ? null : column.startsWith('job_') ? sources?.job : sources?.container;
  const [short, sentence] = band !== null && sources === undefined ? PEAK_COLUMN : HOW[source ?? 'samples'];
  const origin = timeOrigin(recording, time.clock);
  const unit = recording.columns.find(({ name }) => name === column)?.unit ?? null;
  return {
    name: 'Peak',
    value: formatValue(best.max, unit),
    detail: `${time.clock === 'elapsed' ? 'after' : 'at'} ${formatInstant(best.maxAtMs - origin, time)}, ${short}`,
    why: `${sentence}${heldBy(recording, column)}`,
  };
}

/** Which processes held the peak: known of the column that the recorder's summary is about, when it was not one process alone. */
function heldBy({ info }: RecordingView, column: string): string {
  const { processes = [], column: about } = info?.summary ?? {};
  const named = about === column ? worthNaming(processes, info?.summary?.peak_bytes ?? 0) : [];
  return named.length === 0 ? '' : ` Largest then: ${processesText(named)}.`;
}

export function finalFact(recording: RecordingView, column: string, value: number | undefined): Fact {
  const { unit, label } = recording.columns.find(({ name }) => name === column) ?? { unit: null, label: column };
  return {
    name: recording.live ? 'Now' : 'Final',
    value: value === undefined ? '…' : formatValue(value, unit),
    detail: label,
    why: recording.live
      ? 'The newest sample.'
      : 'Where memory stood before the job was gone: samples of the exit itself are left out.',
  };
}

export function durationFact(recording: RecordingView): Fact {
  const { startMs, endMs, rows, info } = recording;
  const every = info === null ? '' : ` every ${formatDuration(info.interval_ms)}`;
  const late = info?.own_cost?.missed_ticks ?? 0;
  return {
    name: recording.live ? 'So far' : 'Duration',
    value: formatDuration(endMs - startMs),
    detail: `${rows.toLocaleString('en')} ${rows === 1 ? 'sample' : 'samples'}${every}`,
    why: late === 0 ? '' : `${late.toLocaleString('en')} samples were missed because the machine was too busy.`,
  };
}

/** What was left below the limit at the worst moment; below the machine's memory where nothing limits. */
export function headroomFact(recording: RecordingView): Fact {
  const { extremes, info } = recording;
  const limit = extremes[LIMIT_COLUMN]?.min ?? info?.cgroup?.limit_bytes ?? null;
  const charged = extremes.container_peak_bytes ?? extremes.container_current_bytes;
  if (limit !== null && charged !== undefined) {
    return {
      ...room(limit, charged.max),
      why: `The container's charge peaked at ${formatBytes(charged.max)} of its limit of ${formatBytes(limit)}, page cache included.`,
      detail: `of the limit, ${formatBytes(limit)}`,
    };
  }
  const total = info?.host.memory_total_bytes ?? null;
  const used = extremes.machine_used_bytes;
  if (total !== null && used !== undefined) {
    return {
      ...room(total, used.max),
      why: `Nothing limits the job. The machine used ${formatBytes(used.max)} of ${formatBytes(total)} at most.`,
      detail: `no limit; RAM ${formatBytes(total)}`,
    };
  }
  return { name: 'Headroom', value: 'not known', detail: 'no limit recorded', why: '' };
}

function room(limit: number, used: number): Pick<Fact, 'name' | 'value' | 'share' | 'tight'> {
  const share = Math.min(1, Math.max(0, used / limit));
  return { name: 'Headroom', value: formatBytes(Math.max(0, limit - used)), share, tight: share >= TIGHT };
}
