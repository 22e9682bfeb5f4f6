// What recording.json says when a recording begins: all that is known before the first sample.
import { resolve } from 'node:path';
import type { PeakSource, RecordedColumn, RecordingInfo } from '@tidemark/shared/recording/recording.js';
import { RECORDING_FORMAT } from '@tidemark/shared/recording/recording.js';
import type { GroupPlace } from '../cgroup/find-group.js';
import { hostFacts } from '../facts/host.js';
import { timeZone } from '../facts/time-zone.js';
import { EVERY_MS } from '../processes/process-log.js';
import { limitOf } from '../samplers/container.js';
import type { RecordingOptions } from './options.js';
import type { SampledCells } from './sampled-cells.js';

export function firstInfo(options: RecordingOptions, sampled: SampledCells): RecordingInfo {
  const { command, group, intervalMs, resetPeaks } = options;
  return {
    format: RECORDING_FORMAT,
    tidemark_version: options.version,
    label: options.label,
    command: command === null ? null : [...command],
    working_directory: process.cwd(),
    host: hostFacts(),
    time_zone: timeZone(),
    started_at: options.startedAt.toISOString(),
    ended_at: null,
    interval_ms: intervalMs,
    columns: [...sampled.columns],
    ...(options.perProcess ? { processes: { interval_ms: Math.max(EVERY_MS, intervalMs) } } : {}),
    peak_sources: {
      job: sampled.at('job_peak_bytes') < 0 ? null : resetPeaks ? 'clear-refs' : 'vm-hwm',
      container: containerPeakSource(sampled.columns, group),
    },
    cgroup: group === null ? null : { version: group.version, path: group.path, limit_bytes: limitOf(group) },
    job: null,
    // Whoever opens the recording may stand elsewhere.
    logs: options.logs.map((log) => resolve(log)),
    own_cost: null,
  };
}

function containerPeakSource(columns: readonly RecordedColumn[], group: GroupPlace | null): PeakSource | null {
  const peak = columns.find((column) => column.name === 'container_peak_bytes');
  if (peak === undefined || group === null) return null;
  if (peak.source.startsWith('memory.current')) return 'samples';
  return group.version === 1 ? 'cgroup-v1-max-usage' : 'cgroup-memory-peak';
}
