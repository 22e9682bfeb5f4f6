// Which phase of one run is which of another.
import type { RunPhase } from './run.js';

/** Indexes into both; null where the other run has none. In the order of both. */
export type Pair = readonly [before: number | null, after: number | null];

const SAME_NAME = 4;
const SAME_KIND = 1;
/** Phases that different lines begin are not one, wherever they stand. */
const OTHER_NAME = -3;

/**
 * Keeps the order of both and pairs what fits best, by the sum of scores over all pairs (Needleman and Wunsch, "A general method
 * applicable to the search for similarities in the amino acid sequence of two proteins", 1970): the line that a phase begins with
 * says most, then its kind, then how far into the run it is.
 */
export function matchPhases(before: readonly RunPhase[], after: readonly RunPhase[]): Pair[] {
  const [n, m] = [before.length, after.length];
  const best = Array.from({ length: n + 1 }, () => new Float64Array(m + 1));
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      best[i]![j] = Math.max(best[i + 1]![j]!, best[i]![j + 1]!, best[i + 1]![j + 1]! + score(before, i, after, j));
    }
  }
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < n || j < m) {
    if (i < n && j < m && best[i]![j] === best[i + 1]![j + 1]! + score(before, i, after, j)) pairs.push([i++, j++]);
    else if (j >= m || (i < n && best[i]![j] === best[i + 1]![j])) pairs.push([i++, null]);
    else pairs.push([null, j++]);
  }
  return pairs;
}

function score(before: readonly RunPhase[], i: number, after: readonly RunPhase[], j: number): number {
  const [b, a] = [before[i]!, after[j]!];
  const named = b.name !== null && a.name !== null;
  const name = !named ? 0 : masked(b.name!) === masked(a.name!) ? SAME_NAME : OTHER_NAME;
  // Of one name the kinds may differ: what rose before may be level now. Never up against down.
  const kind = b.kind === a.kind ? SAME_KIND : name > 0 && b.deltaBytes * a.deltaBytes >= 0 ? 0 : -2 * SAME_NAME;
  return name + kind + 1 - Math.abs(place(before, i) - place(after, j));
}

/**
 * What a busy machine does in three pieces is one all the same: phases that go one way and begin with the same line become one, with
 * the plateaus between them that begin with it too. It has the kind of its largest piece.
 */
export function joinedByName(phases: readonly RunPhase[]): RunPhase[] {
  const joined: RunPhase[] = [];
  for (const phase of phases) {
    let at = joined.length - 1;
    if (phase.kind !== 'plateau' && phase.name !== null) {
      while (at >= 0 && joined[at]!.kind === 'plateau' && sameName(joined[at]!, phase)) at--;
    }
    const before = joined[at];
    if (
      phase.kind === 'plateau' ||
      before === undefined ||
      before.kind === 'plateau' ||
      !sameName(before, phase) ||
      before.deltaBytes * phase.deltaBytes <= 0
    ) {
      joined.push(phase);
      continue;
    }
    const pieces = [...joined.splice(at), phase];
    const largest = pieces.reduce((a, b) => (Math.abs(b.deltaBytes) > Math.abs(a.deltaBytes) ? b : a));
    joined.push({
      kind: largest.kind,
      name: before.name,
      startMs: before.startMs,
      durationMs: phase.startMs + phase.durationMs - before.startMs,
      deltaBytes: pieces.reduce((sum, { deltaBytes }) => sum + deltaBytes, 0),
      endBytes: phase.endBytes,
    });
  }
  return joined;
}

const sameName = (a: RunPhase, b: RunPhase): boolean =>
  a.name !== null && b.name !== null && masked(a.name) === masked(b.name);

/** 0..1 of the run. */
function place(phases: readonly RunPhase[], at: number): number {
  const last = phases.at(-1)!;
  const length = last.startMs + last.durationMs || 1;
  return (phases[at]!.startMs + phases[at]!.durationMs / 2) / length;
}

/** Numbers and identifiers vary from run to run. */
const masked = (name: string): string => name.replace(/\b[0-9a-f]*\d[0-9a-f]*\b/gi, '#').replace(/\d+/g, '#');
