// Runs line-run.as.ts: tells it the shape, and takes over what it found. The first line, and each at which it stops, is read by
// line-run.ts, which also learns what the compiled loop then knows.
/// <reference path="../scan/wasm.d.ts" />
import { scanMemory, startScanner } from '../scan/memory.js';
import { WALL } from './blocks.js';
import { MARGIN, type RunLines, runLines } from './line-run.js';
import wasm from './line-run.wasm';
import type { StampTemplate } from './stamp-template.js';

interface Address {
  readonly value: number;
}

interface Exports {
  readonly MOST_LINES: Address;
  readonly MOST_SHAPE_BYTES: Address;
  readonly EXPECTED: Address;
  readonly CARRY: Address;
  readonly MASK: Address;
  readonly MOST_TAILS: Address;
  readonly TAILS: Address;
  readonly TAIL_FACTS: Address;
  readonly POWERS: Address;
  readonly TIMES: Address;
  readonly LINES: Address;
  readonly FLAGS: Address;
  readonly count: Address;
  readonly longest: Address;
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
  run(from: number, until: number, end: number, line: number, most: number): number;
}

/** Null where nothing can be compiled. */
export function compiledRunLines(): RunLines | null {
  const memory = scanMemory();
  const scanner = memory === null ? null : startScanner<Exports>(wasm);
  return memory === null || scanner === null ? null : runWith(memory, scanner);
}

function runWith(memory: ArrayBuffer, scanner: Exports): RunLines {
  const { count, longest } = scanner;
  const most = scanner.MOST_LINES.value;
  const bytesAt = (address: Address, length: number): Uint8Array => new Uint8Array(memory, address.value, length);
  const times = new Float64Array(memory, scanner.TIMES.value, most);
  const lines = new Uint32Array(memory, scanner.LINES.value, most);
  const flags = bytesAt(scanner.FLAGS, most);
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

  const tell = (shape: StampTemplate): void => {
    const { stamp, fraction, tails } = shape;
    if (told !== shape) {
      const digits = fraction === null ? 0 : fraction.to - fraction.at;
      scanner.setShape(
        shape.size,
        shape.next,
        shape.secondAt,
        shape.secondTo - shape.secondAt,
        fraction?.at ?? 0,
        digits,
      );
      told = shape;
      toldTurns = -1;
      toldTails = -1;
    }
    if (toldTurns !== shape.turns) {
      shapeBytes(shape, expected, carry, mask);
      const full = stamp.clock === 'date' && !stamp.absolute;
      scanner.setMinute(full ? shape.dayMs : 0, shape.minuteMs, full ? stamp.offsetMinutes * 60_000 : 0);
      toldTurns = shape.turns;
    }
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

  return (shape, chunk, from, line, rules, into) => {
    const { bytes } = chunk;
    const { stamp, tails } = shape;
    const known =
      bytes.buffer === memory && tails !== null && !rules.seeks && shape.size <= mostShape && shape.next >= 0;
    if (!known) return runLines(shape, chunk, from, line, rules, into);
    const before = into.length;
    const last = before + chunk.most;
    const full = stamp.clock === 'date' && !stamp.absolute;
    const base = bytes.byteOffset;
    const until = Math.min(chunk.until, bytes.length - shape.size - MARGIN);
    let at = from;
    while (at < until && into.length < last) {
      chunk.most = 1;
      const next = runLines(shape, chunk, at, line + into.length - before, rules, into);
      if (next === at) break;
      at = next;
      if (at >= until || into.length >= last || tails.length === 0) continue;
      tell(shape);
      const entries = into.length;
      at = scanner.run(base + at, base + until, base + bytes.length, line + entries - before, last - entries) - base;
      const found = count.value;
      if (found === 0) continue;
      into.times.set(times.subarray(0, found), entries);
      into.lines.set(lines.subarray(0, found), entries);
      into.flags.set(flags.subarray(0, found), entries);
      into.length = entries + found;
      if (longest.value > into.longest) into.longest = longest.value;
      if (full) continue;
      for (let entry = entries; entry < into.length; entry += 1) {
        stamp.ms = into.times[entry]!;
        into.times[entry] = rules.place(stamp);
      }
    }
    return at;
  };
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
