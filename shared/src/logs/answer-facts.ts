// What is known of a log as a whole: how it is read, its entries in sum, and what a reader should know of it.
import type { Zone } from '../timestamps/zone.js';
import { LINE_TEXT_LIMIT } from '../view/data-source.js';
import { LEVELS, type Level, type LogFacts, type ZoneOrigin } from './entry.js';
import type { LogIndex } from './log-index.js';

/** Null for a log that was not read yet. */
export function factsOf(index: LogIndex | null, zone: Zone, zoneOrigin: ZoneOrigin, shiftMs: number): LogFacts {
  const totals = index?.blocks.totals;
  const levels = Object.fromEntries(
    [...LEVELS, 'none' as const].map((level, at) => [level, totals?.levels[at] ?? 0]),
  ) as Record<Level | 'none', number>;
  const span = index?.blocks.span(zone) ?? null;
  const names = index ? [...index.entries.reader.used] : [];
  return {
    format: names.length > 0 && span !== null ? names.join(' + ') : null,
    lines: index?.lines ?? 0,
    entries: totals?.entries ?? 0,
    dated: totals?.dated ?? 0,
    firstMs: span ? span.first + shiftMs : null,
    lastMs: span ? span.last + shiftMs : null,
    zone: zone.name,
    zoneOrigin,
    levels,
    backwardSteps: totals?.backwardSteps ?? 0,
  };
}

/** In whole sentences. Captured output knows by itself when its lines were written. */
export function remarksOn(index: LogIndex, captured: boolean): string[] {
  const said = [...index.plan.remarks];
  if (index.lines === 0) said.push('The log is empty.');
  else if (index.blocks.totals.dated === 0) said.push('No line carries a date: the log is shown without times.');
  if (index.entries.relative === 'day' && !captured) {
    said.push('The stamps name no day; the last one was laid on the day when the file was last written.');
  }
  if (index.entries.relative === 'start' && !captured) {
    said.push('The stamps count from a start that the log does not name; shift the log to lay it on the graph.');
  }
  if (index.longest > LINE_TEXT_LIMIT) said.push(`Lines longer than ${LINE_TEXT_LIMIT} characters are shown cut.`);
  return said;
}
