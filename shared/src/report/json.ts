// `tidemark report --json`: format 1, described in docs/report-json.md. Other programs read it: keys are added, never changed.
import type { GapThere } from '../gap/find-gap.js';
import type { NearEntry } from './near-entry.js';
import type { Report } from './report.js';

/** A value for JSON.stringify; what is not known is null. */
export function reportJson(report: Report): Record<string, unknown> {
  const { summary, leak, gap } = report;
  return {
    format: 1,
    phases: report.phases.map((p) => ({
      kind: p.kind,
      start_ms: ms(p.startMs),
      end_ms: ms(p.endMs),
      start_bytes: Math.round(p.startBytes),
      end_bytes: Math.round(p.endBytes),
      delta_bytes: Math.round(p.deltaBytes),
      slope_bytes_per_s: Math.round(p.slopeBytesPerS * 1000) / 1000,
      share: Math.round(p.share * 10_000) / 10_000,
      log: entry(p.log),
    })),
    spikes: report.spikes.map((s) => ({
      time_ms: ms(s.timeMs),
      height_bytes: Math.round(s.heightBytes),
      width_ms: ms(s.widthMs),
      log: entry(s.log),
      before: s.before.map(entry),
    })),
    leak: {
      verdict: leak.verdict,
      slope_bytes_per_hour: whole(leak.slopeBytesPerHour),
      low: whole(leak.low),
      high: whole(leak.high),
      confidence: leak.confidence === null ? null : Math.round(leak.confidence * 1000) / 1000,
      why: leak.why,
      from_ms: whole(leak.fromMs),
      to_ms: whole(leak.toMs),
      resolvable_in_ms: whole(leak.resolvableInMs),
      until_limit_ms: whole(leak.untilLimitMs),
    },
    suspects: report.suspects.map((s) => ({
      template: s.template,
      count: s.count,
      bytes: Math.round(s.bytes),
      bytes_per_entry: Math.round(s.bytesPerEntry),
      confidence: s.confidence,
      example: entry(s.example),
    })),
    oom: report.oom,
    gap:
      gap === null
        ? null
        : { counted: gap.counted, kept_back: gap.keptBack, peak: there(gap.peak), rest: there(gap.rest) },
    printed: report.printed.map((f) => ({
      name: f.name,
      label: f.label,
      log: f.log,
      format: f.format,
      counts: f.counts,
      readings: f.readings,
      min_bytes: f.extremes.min,
      max_bytes: f.extremes.max,
      max_at_ms: ms(f.extremes.maxAtMs),
    })),
    processes: {
      at_peak: report.atPeak,
      count: report.processes?.count ?? null,
      largest: (report.processes?.largest ?? []).map((p) => ({
        pid: p.pid,
        start: p.start,
        parent: p.parent,
        name: p.name,
        first_ms: p.firstMs,
        last_ms: p.lastMs,
        ended: p.ended,
        peak_bytes: p.peakBytes,
        peak_at_ms: p.peakAtMs,
      })),
    },
    summary:
      summary === null
        ? null
        : {
            column: summary.column,
            start_ms: ms(summary.startMs),
            end_ms: ms(summary.endMs),
            duration_ms: ms(summary.durationMs),
            rows: summary.rows,
            peak_bytes: summary.peakBytes,
            peak_at_ms: ms(summary.peakAtMs),
            peak_column: summary.peakColumn,
            peak_source: summary.peakSource,
            mean_bytes: Math.round(summary.meanBytes),
            first_bytes: summary.firstBytes,
            final_bytes: summary.finalBytes,
            limit_bytes: summary.limitBytes,
            headroom_bytes: summary.headroomBytes,
            swap_peak_bytes: summary.swap?.bytes ?? null,
            swap_peak_at_ms: summary.swap === null ? null : ms(summary.swap.atMs),
          },
    remarks: report.remarks,
  };
}

const there = (at: GapThere) => ({
  from_ms: ms(at.fromMs),
  to_ms: ms(at.toMs),
  charged_bytes: Math.round(at.chargedBytes),
  counted_bytes: Math.round(at.countedBytes),
  gap_bytes: Math.round(at.gapBytes),
});

const whole = (value: number | null): number | null => (value === null ? null : Math.round(value));

/** Whole microseconds: what is left behind them is rounding. */
const ms = (time: number): number => Math.round(time * 1000) / 1000;

function entry(near: NearEntry | null): Record<string, unknown> | null {
  if (near === null) return null;
  return {
    log: near.log,
    line: near.line,
    time_ms: ms(near.timeMs),
    offset_ms: ms(near.offsetMs),
    level: near.level,
    text: near.text,
  };
}
