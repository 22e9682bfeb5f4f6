// What the page says of a kill, as plain data. Pure: from what recording.json holds.
import { lastLines } from '@tidemark/shared/oom/words.js';
import type { OomInfo } from '@tidemark/shared/recording/recording.js';
import { formatBytes } from '@tidemark/shared/words/bytes.js';
import { formatDuration } from '@tidemark/shared/words/durations.js';
import { plainText } from '@tidemark/shared/words/plain-text.js';

const MOST_PROCESSES = 5;
const MOST_LINES = 10;
const HEIGHT = 32;

export function killFacts(oom: OomInfo): { name: string; value: string }[] {
  const { last_sample: last, limit_bytes: limit, asked_at_least_bytes: asked, kills, processes } = oom;
  const facts: { name: string; value: string }[] = [];
  if (last !== null && last.charged_bytes !== null) {
    const of = limit === null ? '' : ` of ${formatBytes(limit)}`;
    facts.push({
      name: 'Held',
      value: `${formatBytes(last.charged_bytes)}${of}, at ${formatDuration(last.elapsed_s * 1000)}`,
    });
  }
  if (asked !== null) facts.push({ name: 'Asked for', value: `at least ${formatBytes(asked)} more` });
  if (kills !== null) facts.push({ name: 'Kills counted', value: String(kills) });
  for (const [i, { name, pid, rss_bytes }] of processes.slice(0, MOST_PROCESSES).entries()) {
    facts.push({ name: i === 0 ? 'Largest' : '', value: `${plainText(name)} (${pid}) ${formatBytes(rss_bytes)}` });
  }
  return facts;
}

/** The headroom as a path in a box of 100 by 32, time to the right, 0 at the bottom; null for less than two samples. */
export function curveOf({ headroom }: OomInfo): { path: string; caption: string } | null {
  const [first, last] = [headroom[0], headroom.at(-1)];
  if (headroom.length < 2 || first === undefined || last === undefined) return null;
  const from = Date.parse(first.time);
  const span = Date.parse(last.time) - from || 1;
  const most = Math.max(1, ...headroom.map(({ bytes }) => bytes));
  const points = headroom.map(({ time, bytes }) => {
    const x = ((Date.parse(time) - from) / span) * 100;
    const y = HEIGHT - (Math.max(0, bytes) / most) * HEIGHT;
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  const went = last.bytes < first.bytes ? 'fell' : 'went';
  return {
    path: `M ${points.join(' L ')}`,
    caption: `Headroom ${went} from ${formatBytes(first.bytes)} to ${formatBytes(last.bytes)} in ${formatDuration(span)}`,
  };
}

/** The last lines, and where they stand. */
export function killLines(oom: OomInfo): { from: string; lines: readonly string[] } {
  const log = oom.logs?.find(({ lines }) => lines.length > 0)?.file ?? '';
  return {
    from: oom.output.length > 0 ? 'the output' : log.slice(log.lastIndexOf('/') + 1),
    lines: lastLines(oom, MOST_LINES).map(plainText),
  };
}
