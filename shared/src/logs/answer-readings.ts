// How each line of a log is read, block by block: for `tidemark logs --json` and tests.
import type { Zone } from '../timestamps/zone.js';
import { LEVELS, type LineReading } from './entry.js';
import { NO_LEVEL } from './level-bytes.js';
import type { LogIndex } from './log-index.js';
import { lastLine, parsedBlock } from './read-block.js';

export async function* readingsOf(
  index: LogIndex,
  zone: Zone,
  shiftMs: number,
  pause: () => Promise<void>,
): AsyncIterable<readonly LineReading[]> {
  const { blocks } = index;
  for (let block = 0; block < blocks.count; block += 1) {
    const last = lastLine(index, block);
    const parsed = await parsedBlock(index, block);
    const readings: LineReading[] = [];
    let next = 0;
    for (let line = blocks.firstLine(block); line <= last; line += 1) {
      const starts = parsed.lines[next] === line;
      const flags = parsed.flags[next] ?? NO_LEVEL;
      const time = starts ? blocks.instant(parsed.times[next]!, flags, zone) : Number.NaN;
      readings.push({
        line,
        timeMs: Number.isNaN(time) ? null : time + shiftMs,
        level: starts ? (LEVELS[flags & 7] ?? null) : null,
        continues: !starts,
      });
      if (starts) next += 1;
    }
    yield readings;
    await pause();
  }
}
