// For tests: a run drawn as a small table, its phases as short sentences.
import type { Phase } from './phase.js';

export interface Drawn {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/**
 * Reads two lines, `s` and `MiB`, with a column for each corner of the curve, and samples the straight lines between them
 * every `stepMs`. Two corners at one second are a jump; a `-` in the second line starts a stretch that was not measured.
 */
export function drawn(table: string, stepMs = 100): Drawn {
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const seconds = rows[0]!.slice(1).map(Number);
  const mib = rows[1]!.slice(1).map((cell) => (cell === '-' ? Number.NaN : Number(cell)));
  const startMs = seconds[0]! * 1000;
  const count = Math.round((seconds.at(-1)! * 1000 - startMs) / stepMs) + 1;
  const times = Float64Array.from({ length: count }, (_, i) => startMs + i * stepMs);
  const values = times.map((time) => {
    // At a jump the sample belongs to what comes after it.
    const k = seconds.findLastIndex((s) => s * 1000 <= time);
    const next = seconds[k + 1];
    if (next === undefined) return mib[k]! * 2 ** 20;
    const part = (time / 1000 - seconds[k]!) / (next - seconds[k]!);
    const rise = Number.isNaN(mib[k + 1]!) ? 0 : mib[k + 1]! - mib[k]!;
    return (mib[k]! + part * rise) * 2 ** 20;
  });
  return { times, values };
}

/** "climb 2-5 s": times rounded to whole seconds, from the start of the run on. */
export function describePhase(phase: Phase): string {
  const seconds = (ms: number): number => Math.round(ms / 1000);
  return `${phase.kind} ${seconds(phase.startMs)}-${seconds(phase.endMs)} s`;
}
