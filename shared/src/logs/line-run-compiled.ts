// Runs line-run.as.ts: tells it the shape, and takes over what it found. The first line, and each at which it stops, is read by
// line-run.ts, which also learns what the compiled loop then knows.
/// <reference path="../scan/wasm.d.ts" />

import { scanMemory, startScanner } from '../scan/memory.js';
import type { Stamp } from '../timestamps/format.js';
import { WALL } from './blocks.js';
import { MARGIN, type RunLines, runLines } from './line-run.js';
import wasm from './line-run.wasm';
import type { ParsingBlock } from './parsed-blocks.js';
import type { StampTemplate } from './stamp-template.js';

/** An export that is a number. */
interface Global {
  readonly value: number;
}

interface Exports {
  readonly MOST_LINES: Global;
  readonly MOST_SHAPE_BYTES: Global;
  readonly EXPECTED: Global;
  readonly CARRY: Global;
  readonly MASK: Global;
  readonly MOST_TAILS: Global;
  readonly TAILS: Global;
  readonly TAIL_FACTS: Global;
  readonly POWERS: Global;
  readonly TIMES: Global;
  readonly LINES: Global;
  readonly FLAGS: Global;
  readonly KINDS: Global;
  readonly EARLIEST: Global;
  readonly LATEST: Global;
  readonly EARLIEST_LINE: Global;
  readonly COUNTS: Global;
  readonly count: Global;
  readonly longest: Global;
  readonly backwardSteps: Global;
  readonly lastMs: Global;
  setShape(
    bytes: number,
    behind: number,
    second: number,
    digitsOfSecond: number,
    fraction: number,
    digitsOfFraction: number,
  ): void;
  setMinute(day: number, minute: number, offset: number): void;
  setTails(known: number, wallFlag: number): void;
  run(from: number, until: number, end: number, line: number, most: number, lastTime: number): number;
}

/** Null where nothing can be compiled. */
export function compiledRunLines(): RunLines | null {
  const memory = scanMemory();
  const scanner = memory === null ? null : startScanner<Exports>(wasm);
  return memory === null || scanner === null ? null : runWith(memory, scanner);
}

function runWith(memory: ArrayBuffer, scanner: Exports): RunLines {
  const { count, longest, backwardSteps, lastMs } = scanner;
  const most = scanner.MOST_LINES.value;
  const bytesAt = (address: Global, length: number): Uint8Array => new Uint8Array(memory, address.value, length);
  const times = new Float64Array(memory, scanner.TIMES.value, most);
  const lines = new Uint32Array(memory, scanner.LINES.value, most);
  const flags = bytesAt(scanner.FLAGS, most);
  const kinds = scanner.KINDS.value;
  const earliest = new Float64Array(memory, scanner.EARLIEST.value, kinds);
  const latest = new Float64Array(memory, scanner.LATEST.value, kinds);
  const earliestLine = new Uint32Array(memory, scanner.EARLIEST_LINE.value, kinds);
  const counts = new Uint32Array(memory, scanner.COUNTS.value, kinds);
  const mostShape = scanner.MOST_SHAPE_BYTES.value;
  const expected = bytesAt(scanner.EXPECTED, mostShape);
  const carry = bytesAt(scanner.CARRY, mostShape);
  const mask = bytesAt(scanner.MASK, mostShape);
  const mostTails = scanner.MOST_TAILS.value;
  const tailBytes = bytesAt(scanner.TAILS, 32 * mostTails);
  const tailFacts = new Int32Array(memory, scanner.TAIL_FACTS.value, 2 * mostTails);
  new Float64Array(memory, scanner.POWERS.value, 16).set(Array.from({ length: 16 }, (_, at) => 10 ** at));

  /** What the scanner was told last. */
  let told: StampTemplate | null = null;
  let toldTurns = -1;
  let toldTails = 0;

  const tell = (shape: StampTemplate, day: number): void => {
    const { stamp, fraction, tails } = shape;
    if (told !== shape) {
      const { size, next, secondAt, secondTo } = shape;
      const digits = fraction === null ? 0 : fraction.to - fraction.at;
      scanner.setShape(size, next, secondAt, secondTo - secondAt, fraction?.at ?? 0, digits);
      told = shape;
      toldTurns = -1;
      toldTails = -1;
    }
    if (toldTurns !== shape.turns) {
      shapeBytes(shape, expected, carry, mask);
      toldTurns = shape.turns;
    }
    scanner.setMinute(day, shape.minuteMs, stamp.offsetMinutes * 60_000);
    if (toldTails !== tails!.length) {
      tails!.forEach(({ bytes, level }, at) => {
        tailBytes.fill(0, 32 * at, 32 * at + 32);
        tailBytes.set(bytes, 32 * at);
        tailBytes.fill(0xff, 32 * at + 16, 32 * at + 16 + bytes.length);
        tailFacts[2 * at] = bytes.length;
        tailFacts[2 * at + 1] = level;
      });
      scanner.setTails(tails!.length, stamp.stated || stamp.clock === 'since-start' ? 0 : WALL);
      toldTails = tails!.length;
    }
  };

  const take = (into: ParsingBlock, found: number): void => {
    const { sums, length } = into;
    into.times.set(times.subarray(0, found), length);
    into.lines.set(lines.subarray(0, found), length);
    into.flags.set(flags.subarray(0, found), length);
    into.length = length + found;
    into.summed = into.length;
    into.longest = Math.max(into.longest, longest.value);
    sums.backwardSteps += backwardSteps.value;
    sums.lastTime = times[found - 1]!;
    for (let kind = 0; kind < kinds; kind += 1) {
      const many = counts[kind]!;
      if (many === 0) continue;
      sums.addKind(kind, many, earliest[kind]!, earliestLine[kind]!, latest[kind]!);
      counts[kind] = 0;
    }
  };

  return (shape, chunk, from, line, rules, into) => {
    const { bytes } = chunk;
    const { stamp, tails } = shape;
    const known =
      bytes.buffer === memory && tails !== null && !rules.seeks && !stamp.absolute && shape.size <= mostShape;
    if (!known) return runLines(shape, chunk, from, line, rules, into);
    const before = into.length;
    const last = before + chunk.most;
    const base = bytes.byteOffset;
    const until = Math.min(chunk.until, bytes.length - shape.size - MARGIN);
    let at = from;
    while (at < until && into.length < last) {
      chunk.most = 1;
      const next = runLines(shape, chunk, at, line + into.length - before, rules, into);
      if (next === at) break;
      at = next;
      if (at >= until || into.length >= last || tails.length === 0) continue;
      const day = dayOf(stamp, into.times[into.length - 1]!);
      if (Number.isNaN(day)) continue;
      tell(shape, day);
      const { lastTime } = into.sum();
      const first = line + into.length - before;
      at = scanner.run(base + at, base + until, base + bytes.length, first, last - into.length, lastTime) - base;
      if (count.value === 0) continue;
      take(into, count.value);
      stamp.ms = lastMs.value;
      // The clock of times without a date goes by the last one.
      if (stamp.clock !== 'date') rules.place(stamp);
    }
    return at;
  };
}

const DAY_MS = 86_400_000;

/** Midnight of the day that a stamp lies on, as its time of day and its time tell: whole, though both may have a fraction. */
function dayOf({ ms, offsetMinutes }: Stamp, time: number): number {
  return Math.round((time - ms + offsetMinutes * 60_000) / DAY_MS) * DAY_MS;
}

/** The shape as bytes: its words may overlap, what is steady has to be as it was. */
function shapeBytes(
  { lastWords, rest, size }: StampTemplate,
  expected: Uint8Array,
  carry: Uint8Array,
  mask: Uint8Array,
): void {
  const end = Math.min(mask.length, size + 16);
  mask.fill(0, 0, end);
  carry.fill(0, 0, end);
  const put = (into: Uint8Array, at: number, word: number): void => {
    for (let byte = 0; byte < 4; byte += 1) into[at + byte]! |= (word >>> (8 * byte)) & 0xff;
  };
  expected.fill(0, 0, end);
  for (let word = 0; word < rest.at.length; word += 1) {
    put(mask, rest.at[word]!, rest.mask[word]!);
    put(carry, rest.at[word]!, rest.carry[word]!);
    put(expected, rest.at[word]!, rest.expected[word]!);
  }
  const { at: places, values } = lastWords!;
  for (let word = 0; word < places.length; word += 1) {
    for (let byte = 0; byte < 4; byte += 1) {
      const place = places[word]! + byte;
      mask[place] = 0xff;
      carry[place] = 0;
      expected[place] = (values[word]! >>> (8 * byte)) & 0xff;
    }
  }
}
