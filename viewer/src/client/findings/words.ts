// What was found, in plain words and most useful first. Words stay honest: growth "coincides", a slope is "consistent with".
import { formatInstant } from '@tidemark/shared/chart/captions.js';
import type { TimeAxis } from '@tidemark/shared/chart/model.js';
import { phaseLabel } from '@tidemark/shared/chart/phase-labels.js';
import type { CountedGap } from '@tidemark/shared/gap/counted-gap.js';
import { gapInWords } from '@tidemark/shared/gap/words.js';
import type { LeakFinding } from '@tidemark/shared/leak/find-leak.js';
import { LEAK_TITLES } from '@tidemark/shared/leak/words.js';
import type { Phase } from '@tidemark/shared/phases/phase.js';
import { mainGrowth, mainSpike } from '@tidemark/shared/report/main-growth.js';
import { messageOf } from '@tidemark/shared/report/message.js';
import { CLOSE_MS } from '@tidemark/shared/report/named.js';
import type { Findings, FoundEntry, FoundSpike, FoundSuspect, NamedPhase } from '@tidemark/shared/view/data-source.js';
import { formatBytes, formatBytesChange } from '@tidemark/shared/words/bytes.js';
import { formatDuration } from '@tidemark/shared/words/durations.js';
import { readAnsi } from '../log/ansi.js';

export type Finding = { readonly title: string; readonly detail: string; readonly quiet: boolean } & (
  | { readonly kind: 'growth'; readonly phase: Phase }
  | { readonly kind: 'spike'; readonly spike: FoundSpike }
  | { readonly kind: 'leak'; readonly leak: LeakFinding }
  | { readonly kind: 'gap'; readonly gap: CountedGap }
);

/** Spikes that are told one by one; the others are counted. */
export const MOST_SPIKES = 3;
/** An entry that stands further in front of a phase than this share of its length is told with its distance. */
const FAR = 0.2;
/** From here on how sure it is goes without saying; a figure near 100 % would say more than one run can. */
const SURE = 0.95;

/** `time` is the axis of the whole, so that words do not change while the view moves; `origin` is subtracted from epoch times. */
export function findingsInWords(
  {
    spikes,
    leak,
    gap = null,
    phases: named = [],
  }: Pick<Findings, 'spikes' | 'leak'> & Partial<Pick<Findings, 'gap' | 'phases'>>,
  phases: readonly Phase[],
  time: TimeAxis,
  origin: number,
): Finding[] {
  const when = (ms: number): string =>
    `${time.clock === 'elapsed' ? 'after' : 'at'} ${formatInstant(ms - origin, time)}`;
  const all: Finding[] = [];
  const most = mainGrowth(phases);
  const top = mainSpike(spikes, phases);
  const highest = spikes.toSorted((a, b) => b.heightBytes - a.heightBytes).slice(0, MOST_SPIKES);
  if (top !== null) all.push(spikeFinding(top, when));
  if (most !== null) {
    const entry = entryOf(named, most);
    const from = entry === null ? '' : `, ${fromEntry(entry, most)}`;
    all.push({
      kind: 'growth',
      phase: most,
      title: capital(phaseLabel(most)),
      detail: `${percent(most.share)} of all growth, ${when(most.startMs)}${from}`,
      quiet: false,
    });
  }
  const verdict = leak === null ? null : leakInWords(leak);
  if (verdict !== null && !verdict.quiet) all.push(verdict);
  if (gap?.keptBack) all.push(gapFinding(gap));
  for (const spike of highest) if (spike !== top) all.push(spikeFinding(spike, when));
  if (gap !== null && !gap.keptBack) all.push(gapFinding(gap));
  if (verdict?.quiet) all.push(verdict);
  return all;
}

function spikeFinding(spike: FoundSpike, when: (ms: number) => string): Finding {
  const after = afterEntry(spike);
  const detail = `${when(spike.timeMs)}${after === '' ? '' : `, ${after}`}`;
  return { kind: 'spike', spike, title: spikeTitle(spike), detail, quiet: false };
}

export const spikeTitle = ({ heightBytes, widthMs }: FoundSpike): string =>
  `Spike ${formatBytesChange(Math.round(heightBytes))} for ${formatDuration(widthMs)}`;

/** What the log said where a phase begins; null when nothing was said there. */
export const entryOf = (named: readonly NamedPhase[], { startMs }: Phase): FoundEntry | null =>
  named.find((one) => one.startMs === startMs)?.entry ?? null;

/** "from 'loading data set'"; of an entry long before, "12.0 s after 'rendering'". */
export function fromEntry(entry: FoundEntry, { startMs, endMs }: Phase): string {
  const away = startMs - entry.timeMs;
  const far = away > Math.max(CLOSE_MS, FAR * (endMs - startMs));
  return far ? `${formatDuration(away)} after '${saidIn(entry.text)}'` : `from '${saidIn(entry.text)}'`;
}

/** "after 'export'", "12.0 s after 'export'"; empty without an entry in front. */
export function afterEntry({ entry, timeMs, widthMs }: FoundSpike): string {
  if (entry === null) return '';
  const away = timeMs - entry.timeMs;
  const far = away > Math.max(CLOSE_MS, 2 * widthMs) ? `${formatDuration(away)} ` : '';
  return `${far}after '${saidIn(entry.text)}'`;
}

function gapFinding(gap: CountedGap): Finding {
  const said = gapInWords(gap, gap.counted.label);
  const { peak, rest, keptBack } = gap;
  return {
    kind: 'gap',
    gap,
    title: keptBack
      ? `${formatBytes(rest.gapBytes)} kept after the program freed its objects`
      : `${formatBytes(Math.max(0, peak.gapBytes))} at the peak outside the program’s count`,
    detail: `${said.peak} ${said.rest}`,
    quiet: !keptBack,
  };
}

/** The verdict on a leak in a few words. */
export function leakTitle({ verdict, slopeBytesPerHour }: LeakFinding): string {
  const slope = slopeBytesPerHour === null ? '' : `, ${formatBytesChange(Math.round(slopeBytesPerHour))} per hour`;
  return `${LEAK_TITLES[verdict]}${verdict === 'leak' ? slope : ''}`;
}

function leakInWords(leak: LeakFinding): Finding & { kind: 'leak' } {
  return { kind: 'leak', leak, title: leakTitle(leak), detail: leak.why, quiet: leak.verdict !== 'leak' };
}

/** "+180 MiB" and, for more than one entry, what each gained; how sure where it is not. */
export function suspectInWords({ bytes, bytesPerEntry, count, confidence }: FoundSuspect): {
  readonly bytes: string;
  readonly entries: string;
} {
  const entries = count === 1 ? '1 entry' : `${count.toLocaleString('en')} entries`;
  const each = count === 1 ? '' : `, ${formatBytes(Math.round(bytesPerEntry))} each`;
  return {
    bytes: formatBytesChange(Math.round(bytes)),
    entries: `${entries}${each}${confidence >= SURE ? '' : `, ${percent(confidence)} confidence`}`,
  };
}

/** The message of a log line as the job wrote it. */
export const saidIn = (text: string): string =>
  messageOf(
    readAnsi(text)
      .map((piece) => piece.text)
      .join(''),
  );

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
