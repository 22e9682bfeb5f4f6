// The phases at which several runs can meet.
import { phaseNamed } from '@tidemark/shared/compare/align.js';
import type { RunPhase } from '@tidemark/shared/compare/run.js';
import { shortened } from '@tidemark/shared/words/plain-text.js';

export interface AlignChoice {
  /** What names the phase in every run. */
  readonly words: string;
  readonly label: string;
}

/** Those of the first that every other has as well, by what names them: the line that they begin with, else their kind. */
export function commonPhases(
  first: readonly RunPhase[],
  others: readonly (readonly RunPhase[])[],
): readonly AlignChoice[] {
  const choices = new Map<string, AlignChoice>();
  for (const phase of first) {
    const words = phase.name ?? phase.kind;
    if (choices.has(words) || phaseNamed(first, words) !== phase) continue;
    if (!others.every((phases) => phaseNamed(phases, words) !== null)) continue;
    const label = phase.name === null ? phase.kind : `${phase.kind}: ${shortened(phase.name, 36)}`;
    choices.set(words, { words, label });
  }
  return [...choices.values()];
}
