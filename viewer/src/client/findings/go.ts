// Where a finding leads: its place on the graph and its line in the log.

import type { CountedGap } from '@tidemark/shared/gap/counted-gap.js';
import type { LeakFinding } from '@tidemark/shared/leak/find-leak.js';
import type { Phase } from '@tidemark/shared/phases/phase.js';
import type { FoundEntry, FoundSpike, FoundSuspect } from '@tidemark/shared/view/data-source.js';
import { axis, originOf, show, showAll, whole } from '../state/axis.js';
import { choose, chosenSuspect } from '../state/choice.js';
import { findings } from '../state/findings.js';
import { goToMark, pinAt } from '../state/jump.js';
import { suspectKey, unlight } from '../state/lit.js';
import { logs, recordings } from '../state/opened.js';
import { lineId, showLine } from '../state/shown-lines.js';
import { around, clampTo, including, type Span } from '../state/span.js';
import { entryOf, type Finding } from './words.js';

/** A spike is shown with this many times its own width around it: alone it would tell nothing. */
const SPIKE_AIR = 6;

export function goToFinding(recording: string, finding: Finding): void {
  if (finding.kind === 'growth') goToPhase(recording, finding.phase);
  else if (finding.kind === 'spike') goToSpike(recording, finding.spike);
  else if (finding.kind === 'gap') goToGap(recording, finding.gap);
  else goToLeak(recording, finding.leak);
}

/** What the graph shows of a finding while its row is pointed at; null for one without a place. */
export function spanOf(recording: string, finding: Finding): Span | null {
  const origin = originOf(recording);
  const { fromMs, toMs } = placeOf(finding);
  return fromMs === null || toMs === null ? null : { fromMs: fromMs - origin, toMs: toMs - origin };
}

function placeOf(finding: Finding): { readonly fromMs: number | null; readonly toMs: number | null } {
  switch (finding.kind) {
    case 'growth':
      return { fromMs: finding.phase.startMs, toMs: finding.phase.endMs };
    case 'spike':
      return { fromMs: finding.spike.startMs, toMs: finding.spike.endMs };
    case 'gap':
      return { fromMs: finding.gap.peak.fromMs, toMs: finding.gap.peak.toMs };
    case 'leak':
      return finding.leak;
  }
}

function goToPhase(recording: string, phase: Phase): void {
  const origin = originOf(recording);
  const { startMs, endMs } = phase;
  show(around({ fromMs: startMs - origin, toMs: endMs - origin }, whole.peek()));
  const entry = entryOf(findings.peek().get(recording)?.phases ?? [], phase);
  if (entry === null) void pinAt(startMs - origin);
  else void goToMark(entry.log, entry.line, startMs - origin);
}

/** The peak and the stretch behind it that is told of, with the gap as a line. */
function goToGap(recording: string, { peak, rest }: CountedGap): void {
  const origin = originOf(recording);
  const open = recordings.peek().find(({ id }) => id === recording);
  const gap = open?.columns.find((column) => column.gap !== undefined);
  if (gap !== undefined) showLine(lineId(recording, gap.name));
  const fromMs = Math.min(peak.fromMs, rest.fromMs) - origin;
  show(around({ fromMs, toMs: Math.max(peak.toMs, rest.toMs) - origin }, whole.peek()));
}

/** The stretch that was judged. */
function goToLeak(recording: string, { fromMs, toMs }: LeakFinding): void {
  const origin = originOf(recording);
  if (fromMs === null || toMs === null) showAll();
  else show(around({ fromMs: fromMs - origin, toMs: toMs - origin }, whole.peek()));
}

export function goToSpike(recording: string, { startMs, endMs, timeMs, entry }: FoundSpike): void {
  const origin = originOf(recording);
  const air = (endMs - startMs) * SPIKE_AIR;
  show(clampTo({ fromMs: startMs - origin - air, toMs: endMs - origin + air }, whole.peek()));
  // The cursor stands at the spike; the log shows the line that it is told with.
  if (entry === null) void pinAt(timeMs - origin);
  else void goToMark(entry.log, entry.line, timeMs - origin);
}

/** Lights the entries of a statement and goes to the one that the most growth followed; a second time puts them out. */
export function toggleSuspect(suspect: FoundSuspect): void {
  const key = suspectKey(suspect);
  if (chosenSuspect.peek() === key) {
    unlight();
    return;
  }
  choose({ suspect: key });
  goToEntry(suspect.example);
}

export function goToEntry({ log, line, timeMs }: FoundEntry): void {
  const owner = logs.peek().find(({ id }) => id === log)?.recording ?? null;
  const at = timeMs - originOf(owner);
  const now = axis.peek();
  const next = including(now, whole.peek(), at);
  if (next !== now) show(next);
  void goToMark(log, line, at);
}
