// Where several runs are laid over each other: at their starts, or at a phase that all of them have.
import { UsageError } from '../errors.js';
import { plainText, shortened } from '../words/plain-text.js';
import type { Run, RunPhase, RunSpike } from './run.js';

/** 'start', or the words that name a phase: what its log line says, or its kind. */
export type Align = { readonly at: 'start' } | { readonly at: 'phase'; readonly phase: string };

/** "start" or "phase:NAME"; throws UsageError for anything else. */
export function parseAlign(text: string): Align {
  if (text === 'start') return { at: 'start' };
  const phase = /^phase:(.+)$/s.exec(text)?.[1]?.trim();
  if (!phase) throw new UsageError(`--align ${text}: expected start or phase:NAME.`, 'Example: --align phase:loading');
  return { at: 'phase', phase };
}

/** The first phase that `words` name: contained in what its log line says, in any case; else one of that kind. */
export function phaseNamed<P extends Pick<RunPhase, 'kind' | 'name'>>(phases: readonly P[], words: string): P | null {
  const wanted = words.toLowerCase();
  return (
    phases.find(({ name }) => name?.toLowerCase().includes(wanted)) ??
    phases.find(({ kind }) => kind === wanted) ??
    null
  );
}

/** For each run the epoch ms that stands at 0. Throws UsageError for a run without that phase. */
export function alignedAt(runs: readonly Run[], align: Align): number[] {
  return runs.map((run) => {
    if (align.at === 'start') return run.startedMs;
    const found = phaseNamed(run.phases, align.phase);
    if (found === null) {
      throw new UsageError(`${run.name} has no phase "${plainText(align.phase)}".`, `It has ${phaseList(run.phases)}.`);
    }
    return run.startedMs + found.startMs;
  });
}

/** 'rise "loading data set", plateau, ...', for messages. */
export function phaseList(phases: readonly Pick<RunPhase | RunSpike, 'kind' | 'name'>[]): string {
  const named = phases.map(({ kind, name }) => (name === null ? kind : `${kind} "${shortened(name, 50)}"`));
  return [...new Set(named)].slice(0, 12).join(', ') || 'none';
}
