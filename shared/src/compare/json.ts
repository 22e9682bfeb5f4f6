// `tidemark compare --json`: format 1, described in docs/json.md. Keys are added, never changed.
import type { Spread } from '../statistics/spread.js';
import type { Comparison, MeasureName } from './compare.js';
import type { Difference } from './difference.js';
import type { Run } from './run.js';

/** A value for JSON.stringify; what is not known is null. */
export function comparisonJson(comparison: Comparison): Record<string, unknown> {
  const of = (name: MeasureName): Difference | null =>
    comparison.measures.find((measure) => measure.name === name)?.difference ?? null;
  const side = (which: 'before' | 'after', runs: readonly Run[]) => ({
    runs: runs.map(({ name }) => name),
    peak_bytes: whole(of('peak')?.[which].mean),
    final_bytes: whole(of('final')?.[which].mean),
    steady_bytes: whole(of('steady')?.[which].mean),
    duration_ms: whole(of('time')?.[which].mean),
  });
  return {
    format: 1,
    before: side('before', comparison.before),
    after: side('after', comparison.after),
    peak_change_pct: tenths(of('peak')?.changePct),
    final_change_pct: tenths(of('final')?.changePct),
    measures: comparison.measures.map(({ name, figure, unit, difference }) => ({
      measure: name,
      ...(figure === undefined ? {} : { figure: figure.name }),
      unit,
      ...figures(difference),
    })),
    phases: comparison.phases.map((phase) => ({
      kind: phase.kind,
      name: phase.name,
      present: phase.present,
      growth: { unit: 'bytes', ...figures(phase.growth) },
      time: { unit: 'ms', ...figures(phase.time) },
    })),
    method: comparison.method,
    remarks: comparison.remarks,
  };
}

function figures(difference: Difference | null): Record<string, unknown> {
  if (difference === null)
    return { before: null, after: null, change: null, change_pct: null, low: null, high: null, verdict: null };
  const { before, after, change, changePct, interval, verdict } = difference;
  return {
    before: spread(before),
    after: spread(after),
    change: whole(change),
    change_pct: tenths(changePct),
    low: whole(interval?.low),
    high: whole(interval?.high),
    verdict,
  };
}

const spread = ({ count, mean, lowest, highest }: Spread): Record<string, number> => ({
  runs: count,
  mean: Math.round(mean),
  lowest: Math.round(lowest),
  highest: Math.round(highest),
});

const whole = (value: number | null | undefined): number | null =>
  value === null || value === undefined || !Number.isFinite(value) ? null : Math.round(value);
const tenths = (value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : Math.round(value * 10) / 10;
