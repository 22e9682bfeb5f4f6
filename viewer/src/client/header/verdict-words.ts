// What the page says of a run in one line, as plain data: how it was killed, where the growth is, whether it leaks.
import { heldText, VERDICT_TITLES } from '@tidemark/shared/oom/words.js';
import type { Findings, RecordingView } from '@tidemark/shared/view/data-source.js';
import { leakTitle } from '../findings/words.js';

export interface VerdictPart {
  readonly kind: 'kill' | 'growth' | 'leak' | 'waiting';
  readonly text: string;
  /** How it is known, for who asks; empty for nothing to add. */
  readonly why: string;
  /** Not good news. */
  readonly bad: boolean;
}

/**
 * Most telling first. `found` is undefined while it is being looked for; `growth` is the sentence of the graph. Of several
 * recordings only that sentence is said: what each is about stands in its findings.
 */
export function verdictOf(
  open: readonly Pick<RecordingView, 'info'>[],
  growth: string,
  found: Findings | null | undefined,
): VerdictPart[] {
  const parts: VerdictPart[] = [];
  const [only] = open.length === 1 ? open : [];
  const oom = only?.info?.oom;
  if (oom !== undefined) {
    const held = oom.verdict === 'no-evidence' ? '' : heldText(oom);
    const text = `${VERDICT_TITLES[oom.verdict]}${held === '' ? '' : `: ${held}`}`;
    parts.push({ kind: 'kill', text, why: oom.why, bad: oom.verdict !== 'no-evidence' });
  }
  if (growth !== '') parts.push({ kind: 'growth', text: growth, why: '', bad: false });
  if (only === undefined) return parts;
  if (found === undefined) parts.push({ kind: 'waiting', text: 'Leak: looking…', why: '', bad: false });
  const leak = found?.leak ?? null;
  if (leak !== null) parts.push({ kind: 'leak', text: leakTitle(leak), why: leak.why, bad: leak.verdict === 'leak' });
  return parts;
}
