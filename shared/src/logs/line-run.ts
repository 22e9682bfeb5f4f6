// Lines one after the other that all have the shape of the line before: read straight from a chunk, cut and counted in one pass.
// Most lines of most large logs are such; at the first that is not, line-reader.ts goes on.
import type { Stamp } from '../timestamps/format.js';
import { bracketIn } from './access-log-place.js';
import { WALL } from './blocks.js';
import { LEVELS } from './entry.js';
import { levelInBytes, NO_LEVEL, UNSURE } from './level-bytes.js';
import type { ParsingBlock } from './parsed-blocks.js';
import { lineEndIn } from './shape-words.js';
import { LINE_HEAD_BYTES } from './split-lines.js';
import { endsHere, fractionOf } from './stamp-bytes.js';
import type { StampTemplate } from './stamp-template.js';

/** Memory that lines are read from, and how far. */
export interface Chunk {
  readonly bytes: Uint8Array;
  /** Of the same memory. */
  readonly view: DataView;
  /** A line that begins here or later is not read. */
  until: number;
  /** Nor are more lines than this. */
  most: number;
}

export interface RunRules {
  /** The shape begins at the line's first bracket. */
  readonly seeks: boolean;
  /** The file's entries state their level by a letter, which bytes do not tell. */
  readonly letter: boolean;
  /** The instant of a stamp that is no full date. */
  readonly place: (stamp: Stamp) => number;
}

/** A shape is not looked for nearer to the end of a chunk: no read goes past it. */
export const MARGIN = 256;

export type RunLines = typeof runLines;

/**
 * Reads lines from `from` on and adds them to `into`, the first as `line`; returns where the first line begins that it did not read.
 * All that it reads begin an entry.
 */
export function runLines(
  shape: StampTemplate,
  chunk: Chunk,
  from: number,
  line: number,
  rules: RunRules,
  into: ParsingBlock,
): number {
  const { bytes, view } = chunk;
  const { size, next, lastWords, rest, tails, fraction, secondAt } = shape;
  if (lastWords === null || next < 0) return from;
  const { at: steadyAt, values: steadyValues } = lastWords;
  const { at: restAt, expected, carry, mask } = rest;
  const { seeks, letter } = rules;
  const { stamp } = shape;
  const full = stamp.clock === 'date' && !stamp.absolute;
  const wall = stamp.stated || stamp.clock === 'since-start' ? 0 : WALL;
  const named = shape.level === undefined ? UNSURE : shape.level === null ? NO_LEVEL : LEVELS.indexOf(shape.level);
  const length = bytes.length;
  const limit = Math.min(chunk.until, length - size - MARGIN);
  const offsetMs = stamp.offsetMinutes * 60_000;
  const second2 = shape.secondTo - secondAt === 2;
  const millis = fraction !== null && fraction.to - fraction.at === 3;
  const fractionAt = fraction === null ? 0 : fraction.at;
  const last = into.length + chunk.most;
  let { dayMs, minuteMs } = shape;
  let entries = into.length;
  let at = from;
  lines: while (at < limit && entries < last) {
    const start = seeks ? bracketIn(bytes, at, length) : at;
    if (start < 0) break;
    for (let word = 0; word < steadyAt.length; word += 1) {
      if (view.getInt32(start + steadyAt[word]!, true) === steadyValues[word]) continue;
      // Another minute: read as a whole.
      if (!shape.readSteady(bytes, start)) break lines;
      ({ dayMs, minuteMs } = shape);
      break;
    }
    for (let word = 0; word < restAt.length; word += 1) {
      const found = view.getInt32(start + restAt[word]!, true) ^ expected[word]!;
      if (((found | (found + carry[word]!)) & mask[word]!) !== 0) break lines;
    }
    const behind = start + size;
    if (bytes[behind] !== next) break;
    const seconds = start + secondAt;
    const second = second2 ? bytes[seconds]! * 10 + bytes[seconds + 1]! - 528 : bytes[seconds]! - 48;
    if (second > 60) break;
    let ms = minuteMs + second * 1000;
    if (millis) {
      const place = start + fractionAt;
      ms += bytes[place]! * 100 + bytes[place + 1]! * 10 + bytes[place + 2]! - 5328;
    } else if (fraction !== null) ms += fractionOf(bytes, start, fraction);

    let level = UNSURE;
    let known = behind;
    if (tails !== null) {
      for (let tail = 0; tail < tails.length; tail += 1) {
        const { first, middle, last: end, middleAt, lastAt, length: long } = tails[tail]!;
        if (
          view.getInt32(behind, true) !== first ||
          view.getInt32(behind + lastAt, true) !== end ||
          view.getInt32(behind + middleAt, true) !== middle
        )
          continue;
        known = behind + long;
        const byte = bytes[known]!;
        // "INFO =" is no level, and "EST 2024" no level either; where the line ends here the end has to be seen first.
        if (byte !== 61 && (byte < 48 || byte > 57) && byte !== 10 && byte !== 13) level = tails[tail]!.level;
        else known = behind;
        break;
      }
    }
    const lf = lineEndIn(bytes, view, known, length);
    if (lf < 0 || lf - at > LINE_HEAD_BYTES) break;
    if (level === UNSURE) {
      const end = bytes[lf - 1] === 13 ? lf - 1 : lf;
      if (!endsHere(bytes, behind, end, shape.format)) break;
      level = named;
      if (level === UNSURE) {
        level = levelInBytes(bytes, behind, end, letter, shape.leadLevel);
        if (level === UNSURE) break;
        shape.learnTail(bytes, behind, end);
      }
    }
    stamp.ms = ms;
    into.lines[entries] = line;
    into.times[entries] = full ? dayMs + ms - offsetMs : rules.place(stamp);
    into.flags[entries] = level | wall;
    entries += 1;
    line += 1;
    if (lf - at > into.longest) into.longest = lf - at;
    at = lf + 1;
  }
  into.length = entries;
  return at;
}
