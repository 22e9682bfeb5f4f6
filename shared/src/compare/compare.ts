// Before and after: two groups of runs, figure by figure and phase by phase, as plain data; json.ts, text.ts and markdown.ts
// write it down.
import type { PhaseKind } from '../phases/phase.js';
import { BYTES, type Difference, DURATION, difference, methodInWords } from './difference.js';
import { joinedByName, matchPhases } from './match-phases.js';
import type { Run, RunPhase } from './run.js';

export type MeasureName = 'peak' | 'final' | 'steady' | 'time';

export interface Measure {
  readonly name: MeasureName | 'printed';
  /** Of `printed`: the figure that the program prints of itself, whose highest reading is compared. */
  readonly figure?: { readonly name: string; readonly label: string };
  readonly unit: 'bytes' | 'ms';
  /** Null when a side has no such figure: no plateau, no steady level. */
  readonly difference: Difference | null;
}

export interface PhaseChange {
  readonly kind: PhaseKind;
  /** What the log said where it begins, in the first run that has it. */
  readonly name: string | null;
  /** Null on a side without it: `present` says which. */
  readonly growth: Difference | null;
  readonly time: Difference | null;
  /** In how many runs of each side it was found. */
  readonly present: { readonly before: number; readonly after: number };
  /** Means of the sides that have it. */
  readonly before: { readonly deltaBytes: number; readonly durationMs: number } | null;
  readonly after: { readonly deltaBytes: number; readonly durationMs: number } | null;
}

export interface Comparison {
  readonly before: readonly Run[];
  readonly after: readonly Run[];
  readonly measures: readonly Measure[];
  readonly phases: readonly PhaseChange[];
  /** How it was decided what is conclusive. */
  readonly method: string;
  readonly remarks: readonly string[];
}

/** Both sides have at least one run. */
export function compareRuns(before: readonly Run[], after: readonly Run[]): Comparison {
  const measure = (name: MeasureName, of: (run: Run) => number | null): Measure => {
    const [unit, scale] = name === 'time' ? (['ms', DURATION] as const) : (['bytes', BYTES] as const);
    return { name, unit, difference: difference(known(before, of), known(after, of), scale) };
  };
  return {
    before,
    after,
    measures: [
      measure('peak', (run) => run.peakBytes),
      measure('final', (run) => run.finalBytes),
      measure('steady', (run) => run.steadyBytes),
      measure('time', (run) => run.durationMs),
      ...printedMeasures(before, after),
    ],
    phases: phaseChanges(before, after),
    method: methodInWords(before.length, after.length),
    remarks: remarksOn([...before, ...after]),
  };
}

/** Of each figure that every run printed: what only one side counts cannot be compared. */
function printedMeasures(before: readonly Run[], after: readonly Run[]): Measure[] {
  const [first] = before;
  const all = [...before, ...after];
  return (first?.printed ?? []).flatMap(({ name, label }) => {
    const peakOf = (run: Run): number | null => run.printed?.find((one) => one.name === name)?.peakBytes ?? null;
    if (all.some((run) => peakOf(run) === null)) return [];
    const found = difference(known(before, peakOf), known(after, peakOf), BYTES);
    return [{ name: 'printed' as const, figure: { name, label }, unit: 'bytes' as const, difference: found }];
  });
}

const known = <T>(runs: readonly T[], of: (run: T) => number | null): number[] =>
  runs.map(of).filter((value): value is number => value !== null);

interface Row {
  readonly first: RunPhase;
  readonly before: RunPhase[];
  readonly after: RunPhase[];
}

/** Every run is matched against the rows so far, so that one row is one phase in all runs that have it. */
function phaseChanges(before: readonly Run[], after: readonly Run[]): PhaseChange[] {
  let rows: Row[] = [];
  for (const side of ['before', 'after'] as const) {
    for (const run of side === 'before' ? before : after) {
      const phases = joinedByName(run.phases);
      const pairs = matchPhases(
        rows.map(({ first }) => first),
        phases,
      );
      rows = pairs.map(([row, phase]) => {
        const kept = row === null ? { first: phases[phase!]!, before: [], after: [] } : rows[row]!;
        if (phase !== null) kept[side].push(phases[phase]!);
        return kept;
      });
    }
  }
  return rows.map(({ first, before: b, after: a }) => ({
    kind: first.kind,
    name: first.name,
    growth: difference(known(b, delta), known(a, delta), BYTES),
    time: difference(known(b, length), known(a, length), DURATION),
    present: { before: b.length, after: a.length },
    before: meanOf(b),
    after: meanOf(a),
  }));
}

const delta = (phase: RunPhase): number => phase.deltaBytes;
const length = (phase: RunPhase): number => phase.durationMs;

function meanOf(phases: readonly RunPhase[]): PhaseChange['before'] {
  if (phases.length === 0) return null;
  const mean = (of: (phase: RunPhase) => number): number => phases.reduce((sum, p) => sum + of(p), 0) / phases.length;
  return { deltaBytes: mean(delta), durationMs: mean(length) };
}

function remarksOn(runs: readonly Run[]): string[] {
  const columns = [...new Set(runs.map(({ column }) => column))];
  return columns.length < 2
    ? []
    : [`The runs are about different columns (${columns.join(', ')}): their figures are not the same thing.`];
}
