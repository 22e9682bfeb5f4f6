// A window answered from an index: the same points that thin.ts gives for rows in memory.
import { BASE_ROWS, Buckets, type ColumnRows } from '../buckets.js';
import { hidesGaps, levelFor, type Points, thin } from '../thin.js';
import { TracePoints } from '../trace-points.js';
import { FIRST_TIME, LAST_TIME, RECORDS, readRecord, rowsIn } from './block.js';
import type { IndexReader, Moment } from './index-reader.js';
import type { RawRows } from './raw-rows.js';
import { emptySummary, FIRST, type GapRule, gapOf, join, LAST, MAX, MIN, type Summary } from './summary.js';
import { BUCKET } from './waiting.js';

/** Rows in the smallest run that is drawn as one, as in memory; below it rows come by themselves. */
const SMALLEST = BASE_ROWS;

export interface Sample {
  readonly row: number;
  readonly time: number;
  readonly value: number;
}

/** Rows from..to-1, how many pixels wide they are drawn, and how many ms are a pixel. */
export interface DrawnSpan {
  readonly from: number;
  readonly to: number;
  readonly pixels: number;
  readonly pixelMs: number;
}

/** Traces of some columns. `rules` says by column what a gap is. */
export async function indexedTraces(
  index: IndexReader,
  moment: Moment,
  columns: readonly number[],
  rules: readonly GapRule[],
  span: DrawnSpan,
  signal?: AbortSignal,
): Promise<{ exact: boolean; traces: Points[] }> {
  const level = levelFor(span.to - span.from, span.pixels);
  signal?.throwIfAborted();
  const traces =
    level <= 0
      ? await rawTraces(index, moment, columns, rules, span, level, signal)
      : await recordTraces(index, moment, columns, rules, span, level, signal);
  return { exact: level < 0, traces };
}

async function rawTraces(
  index: IndexReader,
  moment: Moment,
  columns: readonly number[],
  rules: readonly GapRule[],
  { from, to, pixelMs }: DrawnSpan,
  level: number,
  signal?: AbortSignal,
): Promise<Points[]> {
  // Two rows more on each side: where a line may come from when the neighbouring cell is empty.
  const raw = await index.raw(moment, Math.max(0, from - 2), Math.min(moment.count, to + 2), columns);
  const traces: Points[] = [];
  signal?.throwIfAborted();
  for (const [i, c] of columns.entries()) {
    const rule = rules[i]!;
    const source = columnRows(raw, c, rule);
    const buckets = new Buckets();
    if (level === 0) buckets.extend(source, 0);
    const points = thin(buckets, source, from - raw.from, to - raw.from, level, pixelMs);
    traces.push(rule.sparse ? await withFarEdges(points, index, moment, c, rule, from, to) : points);
  }
  index.release(raw);
  return traces;
}

/** A column that is measured seldom may have its neighbours far outside the rows that were read. */
async function withFarEdges(
  points: Points,
  index: IndexReader,
  moment: Moment,
  column: number,
  rule: GapRule,
  from: number,
  to: number,
): Promise<Points> {
  const out = new TracePoints();
  const before = await sampleBefore(index, moment, column, rule, from);
  const after = await sampleAfter(index, moment, column, rule, to);
  const { times, values } = points;
  const far = (a: number, b: number): boolean => b - a > rule.longestMs;
  let row = 0;
  if (before !== null && !(times[0]! <= before.time)) out.add(row++, before.time, before.value, false);
  for (let i = 0; i < times.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    const broken = Number.isNaN(values[i - 1] ?? 0) || (i === 0 && far(out.lastTime, times[i]!));
    out.add(row++, times[i]!, values[i]!, broken);
  }
  if (after !== null && !(out.lastTime >= after.time)) {
    out.add(row++, after.time, after.value, far(out.lastTime, after.time));
  }
  return out.take();
}

async function recordTraces(
  index: IndexReader,
  moment: Moment,
  columns: readonly number[],
  rules: readonly GapRule[],
  { from, to, pixelMs }: DrawnSpan,
  level: number,
  signal?: AbortSignal,
): Promise<Points[]> {
  const span = SMALLEST * 2 ** level;
  const stored = (level - 1) >> 1;
  const joined = level % 2 === 0 ? 2 : 1;
  const start = Math.floor(from / span) * span;
  const end = Math.min(moment.count, Math.ceil(to / span) * span);
  const inRecords = (moment.records[stored] ?? 0) * rowsIn(stored);
  const whole = Math.max(start, Math.floor(Math.min(end, inRecords) / span) * span);
  const outs = columns.map(() => new TracePoints());
  for (const [i, c] of columns.entries()) {
    const before = await sampleBefore(index, moment, c, rules[i]!, from);
    if (before !== null && before.row < start) outs[i]!.add(before.row, before.time, before.value, false);
  }
  const runs = columns.map(() => emptySummary());
  const right = emptySummary();
  const hides = (run: Summary, i: number): boolean => {
    const gap = run[FIRST]! < 0 ? -1 : gapOf(run, rules[i]!);
    return gap >= 0 && hidesGaps(run[LAST + 1]! - run[FIRST + 1]!, run[gap + 4]! - run[gap + 1]!, pixelMs);
  };
  /** A run of rows of one column, in halves as long as they hide gaps. */
  const addFinely = async (i: number, row: number, size: number, given?: Summary): Promise<void> => {
    const run = given ?? (await index.summaries(moment, [columns[i]!], row, row + size))[0]!;
    if (size === 1 || !hides(run, i)) addRun(outs[i]!, run, rules[i]!);
    else {
      const part = size > SMALLEST ? size / 2 : 1;
      for (let at = row; at < row + size; at += part) await addFinely(i, at, part);
    }
  };
  const last = whole / rowsIn(stored);
  for (let at = start / rowsIn(stored); at < last; ) {
    const first = at;
    let hidden = false;
    signal?.throwIfAborted();
    at = await index.withBlock(stored, at, (block) => {
      const until = Math.min(last, block.start + RECORDS);
      for (let record = first; record < until; record += joined) {
        for (const [i, c] of columns.entries()) {
          readRecord(block, c, record - block.start, runs[i]!);
          if (joined === 2) {
            readRecord(block, c, record + 1 - block.start, right);
            join(runs[i]!, right);
          }
          hidden ||= hides(runs[i]!, i);
        }
        if (hidden) return record;
        for (const [i, run] of runs.entries()) addRun(outs[i]!, run, rules[i]!);
      }
      return until;
    });
    if (!hidden) continue;
    for (const [i, run] of runs.entries()) await addFinely(i, at * rowsIn(stored), span, run);
    at += joined;
  }
  signal?.throwIfAborted();
  // The end of the file: what no whole bucket of this level covers comes in smaller ones, as in memory.
  for (let row = whole; row < end; ) {
    let size = span;
    while (size >= SMALLEST && (row % size !== 0 || row + size > end)) size /= 2;
    if (size < SMALLEST) size = 1;
    const ends = await index.summaries(moment, columns, row, row + size);
    for (const [i, run] of ends.entries()) await addFinely(i, row, size, run);
    row += size;
  }
  for (const [i, c] of columns.entries()) {
    const after = await sampleAfter(index, moment, c, rules[i]!, to);
    if (after !== null && after.row >= end) addSingle(outs[i]!, after, rules[i]!);
  }
  return outs.map((out) => out.take());
}

const breaks = (out: TracePoints, row: number, time: number, { sparse, longestMs }: GapRule): boolean =>
  (!sparse && row !== out.lastRow + 1) || time - out.lastTime > longestMs;

function addSingle(out: TracePoints, { row, time, value }: Sample, rule: GapRule): void {
  out.add(row, time, value, breaks(out, row, time, rule));
}

const order = new Int32Array(6);

function addRun(out: TracePoints, s: Summary, rule: GapRule): void {
  const first = s[FIRST]!;
  if (first < 0) return;
  const gap = gapOf(s, rule);
  order[0] = FIRST;
  order[1] = MIN;
  order[2] = MAX;
  order[3] = gap < 0 ? FIRST : gap;
  order[4] = gap < 0 ? FIRST : gap + 3;
  order[5] = LAST;
  for (let i = 1; i < 6; i++) {
    const at = order[i]!;
    let j = i;
    for (; j > 0 && s[order[j - 1]!]! > s[at]!; j--) order[j] = order[j - 1]!;
    order[j] = at;
  }
  const gapFrom = gap < 0 ? -1 : s[gap]!;
  const gapTo = gap < 0 ? -1 : s[gap + 3]!;
  for (let i = 0; i < 6; i++) {
    const at = order[i]!;
    const row = s[at]!;
    if (row <= out.lastRow) continue;
    // Inside a run two kept rows are no neighbours: only the gap that the run knows of breaks its line.
    const inside = first <= out.lastRow;
    const broken = inside ? gapFrom === out.lastRow && gapTo === row : breaks(out, row, s[at + 1]!, rule);
    out.add(row, s[at + 1]!, s[at + 2]!, broken);
  }
}

/** The last measured row before `row` that a line could come from, as `measuredBefore` finds it. */
async function sampleBefore(
  index: IndexReader,
  moment: Moment,
  column: number,
  { sparse, longestMs }: GapRule,
  row: number,
): Promise<Sample | null> {
  if (row <= 0) return null;
  const here = Math.min(row, moment.count - 1);
  let raw = await index.raw(moment, row - 1, here + 1);
  const hereTime = raw.times[here - raw.from]!;
  const broken = (i: number, time: number): boolean => (!sparse && here !== i + 1) || hereTime - time > longestMs;
  const one = emptySummary();
  for (let i = row - 1; i >= 0; i--) {
    if (i < raw.from) {
      // A bucket in which nothing was measured is passed over without reading its rows.
      const at = i / BUCKET;
      const number = Math.floor(at);
      const block = await index.block(0, number);
      readRecord(block, column, number - block.start, one);
      if (one[FIRST]! < 0) {
        if (broken(number * BUCKET, block.heads[(number - block.start) * block.head + FIRST_TIME]!)) return null;
        i = number * BUCKET;
        continue;
      }
      raw = await index.raw(moment, i, i + 1);
    }
    const value = raw.values[column]![i - raw.from]!;
    const time = raw.times[i - raw.from]!;
    if (!Number.isNaN(value)) return { row: i, time, value };
    if (broken(i, time)) return null;
  }
  return null;
}

/** The first measured row from `row` on that a line could go to, as `measuredAfter` finds it. */
async function sampleAfter(
  index: IndexReader,
  moment: Moment,
  column: number,
  { sparse, longestMs }: GapRule,
  row: number,
): Promise<Sample | null> {
  if (row >= moment.count) return null;
  let raw = await index.raw(moment, Math.max(0, row - 1), row + 1);
  const beforeTime = row === 0 ? Number.NaN : raw.times[row - 1 - raw.from]!;
  const broken = (i: number, time: number): boolean => (!sparse && i !== row) || time - beforeTime > longestMs;
  const one = emptySummary();
  for (let i = row; i < moment.count; i++) {
    if (i >= raw.from + raw.count) {
      if (i < moment.stored) {
        const number = i / BUCKET;
        const block = await index.block(0, number);
        readRecord(block, column, number - block.start, one);
        if (one[FIRST]! < 0) {
          if (broken(i + BUCKET - 1, block.heads[(number - block.start) * block.head + LAST_TIME]!)) return null;
          i += BUCKET - 1;
          continue;
        }
      }
      raw = await index.raw(moment, i, i + 1);
    }
    const value = raw.values[column]![i - raw.from]!;
    const time = raw.times[i - raw.from]!;
    if (!Number.isNaN(value)) return { row: i, time, value };
    if (broken(i, time)) return null;
  }
  return null;
}

function columnRows(raw: RawRows, column: number, { sparse, longestMs }: GapRule): ColumnRows {
  const { times, count } = raw;
  return {
    times,
    values: raw.values[column]!,
    rows: count,
    breaks: (before, after) => (!sparse && after !== before + 1) || times[after]! - times[before]! > longestMs,
  };
}
