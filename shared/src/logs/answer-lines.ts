// Lines with their text, time and level: a run of them, or those of a filtered view.
import { OUTPUT_STREAMS } from '../recording/output-line.js';
import type { Zone } from '../timestamps/zone.js';
import { LINE_TEXT_LIMIT, type LinesRequest, type LogClock, type LogLine } from '../view/data-source.js';
import { LEVELS } from './entry.js';
import type { LogIndex } from './log-index.js';
import { entryOfLine } from './parsed-blocks.js';
import { eachText, entryAt, lastLine, parsedBlock } from './read-block.js';
import type { RawLine } from './split-lines.js';

/** Of a block: their text is decoded line by line. */
const FEW_LINES = 200;

export async function linesOf(
  index: LogIndex,
  {
    lines: wanted,
    clock,
  }: { readonly lines: Exclude<LinesRequest['lines'], { last: number }>; readonly clock: LogClock },
  zone: Zone,
): Promise<LogLine[]> {
  const answer: LogLine[] = [];
  if ('first' in wanted) {
    const last = Math.min(index.lines, wanted.first + wanted.count - 1);
    await readLines(index, wanted.first, last, zone, clock.shiftMs, (line) => answer.push(line));
    return answer;
  }
  const byLine = new Map<number, LogLine>();
  const sorted = [...new Set(wanted)].sort((a, b) => a - b);
  for (let at = 0; at < sorted.length; ) {
    // Those of one block are read in one go.
    let to = at;
    const { blocks } = index;
    const next = blocks.count > 0 ? lastLine(index, blocks.ofLine(sorted[at]!)) : 0;
    while (to + 1 < sorted.length && sorted[to + 1]! <= next) to += 1;
    const asked = new Set(sorted.slice(at, to + 1));
    await readLines(
      index,
      sorted[at]!,
      sorted[to]!,
      zone,
      clock.shiftMs,
      (line) => {
        if (asked.has(line.line)) byLine.set(line.line, line);
      },
      asked,
    );
    at = to + 1;
  }
  return wanted.flatMap((line) => byLine.get(line) ?? []);
}

/** Calls `visit` for the lines first..last, or those of them that are `asked` for. */
async function readLines(
  index: LogIndex,
  first: number,
  last: number,
  zone: Zone,
  shiftMs: number,
  visit: (line: LogLine) => void,
  asked: ReadonlySet<number> | null = null,
): Promise<void> {
  const from = Math.max(1, first);
  const to = Math.min(last, index.lines);
  const { blocks } = index;
  if (to < from) return;
  for (let block = blocks.ofLine(from); block < blocks.count && blocks.firstLine(block) <= to; block += 1) {
    const parsed = await parsedBlock(index, block);
    const show = (raw: RawLine, line: number, textFrom: number, stream: number): boolean => {
      if (line < from || (asked !== null && !asked.has(line))) return true;
      if (line > to) return false;
      const entry = entryAt(index, block, parsed, entryOfLine(parsed, line));
      const time = entry.line > 0 ? blocks.instant(entry.time, entry.flags, zone) : Number.NaN;
      const text = withoutEnd(raw.text(textFrom, Math.min(raw.to, textFrom + 4 * LINE_TEXT_LIMIT)), line);
      visit({
        line,
        timeMs: Number.isNaN(time) ? null : time + shiftMs,
        level: entry.line > 0 ? (LEVELS[entry.flags & 7] ?? null) : null,
        continues: entry.line !== line,
        text: text.length > LINE_TEXT_LIMIT ? text.slice(0, LINE_TEXT_LIMIT) : text,
        stream: stream < 0 ? null : (OUTPUT_STREAMS[stream] ?? null),
      });
      return line < to;
    };
    await eachText(index, block, show, asked !== null || to - from < FEW_LINES);
  }
}

/** The line end's CR is no text, nor is a byte order mark. */
function withoutEnd(text: string, line: number): string {
  const begin = line === 1 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const end = text.charCodeAt(text.length - 1) === 13 ? text.length - 1 : text.length;
  return begin === 0 && end === text.length ? text : text.slice(begin, end);
}
