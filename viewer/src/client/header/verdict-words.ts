// What the page says of a run in one line, as plain data: how it was killed, where the growth is, whether it leaks.
import { heldText, VERDICT_TITLES } from '@tidemark/shared/oom/words.js';
import type { Phase } from '@tidemark/shared/phases/phase.js';
import { mainGrowth, mainSpike } from '@tidemark/shared/report/main-growth.js';
import type {
  Findings,
  FoundEntry,
  FoundSpike,
  FoundSuspect,
  RecordingView,
} from '@tidemark/shared/view/data-source.js';
import { afterEntry, entryOf, fromEntry, leakTitle, saidIn, spikeTitle } from '../findings/words.js';

export interface VerdictPart {
  readonly kind: 'kill' | 'growth' | 'spike' | 'beside' | 'leak' | 'waiting';
  readonly text: string;
  /** How it is known, for who asks; empty for nothing to add. */
  readonly why: string;
  /** Not good news. */
  readonly bad: boolean;
  /** The statement that is told of, for a way to its entries. */
  readonly suspect?: FoundSuspect;
  /** The spike that is told of, for a way to it. */
  readonly spike?: FoundSpike;
  /** The log entry that is told of. */
  readonly entry?: FoundEntry;
}

/** A line that belongs to a phase may stand this much before it, as a share of its length: the work begins, then memory moves. */
const BEFORE = 0.25;

/**
 * Most telling first. `found` is undefined while it is being looked for; `growth` is the sentence of the graph. Of several
 * recordings only that sentence is said: what each is about stands in its findings.
 */
export function verdictOf(
  open: readonly Pick<RecordingView, 'info'>[],
  growth: string,
  found: Findings | null | undefined,
  phases: readonly Phase[],
): VerdictPart[] {
  const parts: VerdictPart[] = [];
  const [only] = open.length === 1 ? open : [];
  const oom = only?.info?.oom;
  if (oom !== undefined) {
    const evident = oom.verdict !== 'no-evidence';
    const held = evident ? heldText({ ...oom, asked_at_least_bytes: null }) : '';
    const text = `${VERDICT_TITLES[oom.verdict]}${held === '' ? '' : `: ${held}`}`;
    parts.push({ kind: 'kill', text, why: oom.why, bad: evident });
  }
  const spike = mainSpike(only === undefined ? [] : (found?.spikes ?? []), phases);
  if (spike !== null) {
    const text = [spikeTitle(spike), afterEntry(spike)].filter((said) => said !== '').join(', ');
    parts.push({ kind: 'spike', text, why: '', bad: false, spike });
  }
  if (growth !== '') parts.push({ kind: 'growth', text: growth, why: '', bad: false });
  if (only === undefined) return parts;
  const beside = besideGrowth(found?.suspects ?? [], phases);
  if (beside !== null) {
    const text = `coincides with “${saidIn(beside.example.text)}”`;
    parts.push({ kind: 'beside', text, why: '', bad: false, suspect: beside });
  } else {
    // What growth coincides with may not be sure enough to be told; what the log said where it begins is.
    const most = mainGrowth(phases);
    const entry = most === null ? null : entryOf(found?.phases ?? [], most);
    if (most !== null && entry !== null) {
      parts.push({ kind: 'beside', text: fromEntry(entry, most), why: '', bad: false, entry });
    }
  }
  if (found === undefined) parts.push({ kind: 'waiting', text: 'Leak: looking…', why: '', bad: false });
  const leak = found?.leak ?? null;
  // A run that ended in a kill has worse to say than that nothing can be told.
  if (leak !== null && (leak.verdict !== 'unsure' || oom === undefined)) {
    parts.push({ kind: 'leak', text: leakTitle(leak), why: leak.why, bad: leak.verdict === 'leak' });
  }
  return parts;
}

/** The statement whose entry stands where most of the growth begins or goes on; null when none does. */
function besideGrowth(suspects: readonly FoundSuspect[], phases: readonly Phase[]): FoundSuspect | null {
  const most = mainGrowth(phases);
  if (most === null) return null;
  const from = most.startMs - BEFORE * (most.endMs - most.startMs);
  return suspects.find(({ example: { timeMs } }) => timeMs >= from && timeMs <= most.endMs) ?? null;
}
