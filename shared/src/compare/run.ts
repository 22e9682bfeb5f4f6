// What of one run is held against another: a few figures and its phases, counted from its start.
import type { PhaseKind } from '../phases/phase.js';
import { messageOf } from '../report/message.js';
import { type Report, reachOf } from '../report/report.js';
import { plainText } from '../words/plain-text.js';

export interface RunPhase {
  readonly kind: PhaseKind;
  /** What the log said where it begins; null without an entry near. */
  readonly name: string | null;
  /** Since the first sample. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly deltaBytes: number;
  readonly endBytes: number;
}

/** Up and gone again; times since the first sample. */
export interface RunSpike {
  readonly kind: 'spike';
  /** What the log said in front of it; null without an entry. */
  readonly name: string | null;
  readonly startMs: number;
  readonly durationMs: number;
  /** Over the level around it. */
  readonly deltaBytes: number;
}

export interface Run {
  readonly name: string;
  /** What the figures are about. */
  readonly column: string;
  /** Epoch ms of the first sample. */
  readonly startedMs: number;
  readonly peakBytes: number;
  readonly finalBytes: number;
  /** The median of the longest plateau: where memory stands once it has settled. Null without one that lasts. */
  readonly steadyBytes: number | null;
  /** What the program counted of its own objects, by each figure of its logs; left out for none. */
  readonly printed?: readonly { readonly name: string; readonly label: string; readonly peakBytes: number }[];
  /** From the first to the last sample above 0: before and after them the job was not there. */
  readonly durationMs: number;
  readonly phases: readonly RunPhase[];
  /** Left out for none. */
  readonly spikes?: readonly RunSpike[];
}

/** Null when nothing that counts bytes was measured. */
export function runOf(name: string, report: Report): Run | null {
  const { summary, phases, shape } = report;
  if (summary === null) return null;
  const { startMs } = summary;
  const alive = shape.values.findIndex((v) => v > 0);
  const last = shape.values.findLastIndex((v) => v > 0);
  return {
    name,
    column: summary.column,
    startedMs: startMs,
    peakBytes: summary.peakBytes,
    finalBytes: summary.finalBytes,
    steadyBytes: steadyLevel(report),
    printed: report.printed.flatMap(({ name, label, counts, extremes }) =>
      counts === 'objects' ? [{ name, label, peakBytes: extremes.max }] : [],
    ),
    durationMs: alive < 0 ? summary.durationMs : shape.times[last]! - shape.times[alive]!,
    spikes: report.spikes.map((s) => ({
      kind: 'spike',
      name: s.log === null ? null : plainText(messageOf(s.log.text)),
      startMs: s.startMs - startMs,
      durationMs: s.endMs - s.startMs,
      deltaBytes: s.heightBytes,
    })),
    phases: phases.map((p) => ({
      kind: p.kind,
      name:
        p.log !== null && Math.abs(p.log.offsetMs) <= reachOf(summary.durationMs)
          ? plainText(messageOf(p.log.text))
          : null,
      startMs: p.startMs - startMs,
      durationMs: p.endMs - p.startMs,
      deltaBytes: p.deltaBytes,
      endBytes: p.endBytes,
    })),
  };
}

/** A plateau shorter than this share of the run is a step on the way, or the top of a spike: nothing settles there. */
const LEAST_STEADY = 0.1;

/** Each sample counts for the time until the next one. */
function steadyLevel({ phases, shape, summary }: Report): number | null {
  let best: number | null = null;
  let longest = LEAST_STEADY * (summary?.durationMs ?? 0);
  for (const phase of phases) {
    const length = phase.endMs - phase.startMs;
    if (phase.kind !== 'plateau' || length <= longest) continue;
    const level = weightedMedian(shape, phase.startMs, phase.endMs);
    if (level === null || level <= 0) continue;
    best = level;
    longest = length;
  }
  return best;
}

function weightedMedian({ times, values }: Report['shape'], fromMs: number, toMs: number): number | null {
  const held: [value: number, ms: number][] = [];
  for (let i = 0; i < times.length; i++) {
    const value = values[i]!;
    if (times[i]! < fromMs || times[i]! > toMs || Number.isNaN(value)) continue;
    held.push([value, Math.max(0, Math.min(toMs, times[i + 1] ?? toMs) - times[i]!)]);
  }
  held.sort((a, b) => a[0] - b[0]);
  const half = held.reduce((sum, [, ms]) => sum + ms, 0) / 2;
  let sum = 0;
  for (const [value, ms] of held) {
    sum += ms;
    if (sum >= half) return value;
  }
  return null;
}
