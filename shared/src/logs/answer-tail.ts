// The last lines of a log that is still being read: from its end, before anybody knows their numbers.
import { OUTPUT_STREAMS } from '../recording/output-line.js';
import type { Zone } from '../timestamps/zone.js';
import { LINE_TEXT_LIMIT, type LogLine } from '../view/data-source.js';
import { linesOf } from './answer-lines.js';
import { WALL } from './blocks.js';
import { readCaptured, startCaptured } from './captured-lines.js';
import { LEVELS } from './entry.js';
import { EntryReader } from './entry-reader.js';
import type { LogIndex } from './log-index.js';
import { LineSplitter, type RawLine } from './split-lines.js';

/** As far back as is looked for lines. Unit: bytes. */
const TAIL_BYTES = 256 * 1024;

/**
 * At most `count` lines. Where the index does not reach the end yet they are numbered from it: -1 is the last.
 *
 * Times that hang on lines before (a year, a day that is not written) are then null.
 */
export async function tailOf(index: LogIndex, count: number, zone: Zone, shiftMs: number): Promise<LogLine[]> {
  const { source, captured } = index;
  const size = await source.size();
  if (index.read >= size) {
    const first = Math.max(1, index.lines - count + 1);
    return linesOf(index, { lines: { first, count }, clock: { zone: null, shiftMs } }, zone);
  }
  const { plan } = index.entries.reader;
  const hangs = plan.layouts.some(({ format }) => format !== null && format.clock !== 'date' && !format.bareNumber);
  const entries = new EntryReader(plan, captured);
  const state = startCaptured();
  const piece = { arrival: Number.NaN, stream: 0, textFrom: 0, rest: false };
  const from = Math.max(0, size - TAIL_BYTES);
  const bytes = await source.read(from, size);
  const found: Omit<LogLine, 'line'>[] = [];
  /** The first line is cut where reading began. */
  let whole = from === 0;
  let line = 0;
  const visit = (raw: RawLine): true => {
    if (!whole) {
      whole = true;
      return true;
    }
    line += 1;
    const begins = entries.take(raw, line);
    if (captured) readCaptured(raw, state, piece);
    const textFrom = captured ? piece.textFrom : raw.from;
    const instant = (entries.flags & WALL) !== 0 ? zone.toInstant(entries.time) : entries.time;
    const known = entries.line > 0 && !hangs && !Number.isNaN(instant);
    found.push({
      timeMs: known ? instant + shiftMs : null,
      level: entries.line > 0 ? (LEVELS[entries.flags & 7] ?? null) : null,
      continues: !begins,
      text: raw.text(textFrom, Math.min(raw.to, textFrom + LINE_TEXT_LIMIT)).replace(/\r$/, ''),
      stream: captured ? (OUTPUT_STREAMS[piece.stream] ?? null) : null,
    });
    return true;
  };
  const splitter = new LineSplitter(from, true);
  splitter.push(bytes, visit);
  splitter.flush(visit);
  const last = found.slice(-count);
  return last.map((one, at) => ({ line: at - last.length, ...one }));
}
