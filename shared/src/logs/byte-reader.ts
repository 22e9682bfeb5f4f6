// The shapes of stamp that a file has shown so far, and which of them a line has. Lines of a shape seen before are read
// from bytes; all others go to the regular expressions, which may show a new shape.

import { bracketIn } from './access-log-place.js';
import type { Level } from './entry.js';
import { type AnywhereLayout, type Found, type Layout, TextLayout } from './layout.js';
import { learnAnywhere, learnTemplate } from './learn-template.js';
import type { StampTemplate } from './stamp-template.js';

/** A log has a handful: one a level before the stamp, one a number of digits, one a month's name. */
const MOST_SHAPES = 24;
/** A file whose lines seldom have a shape seen before is not worth learning from. */
const PATIENCE = 300;
export class ByteReader {
  /** The one that fitted last is tried first. */
  readonly #shapes: StampTemplate[] = [];
  readonly #layout: Layout | null;
  readonly #seeks: boolean;
  #hits = 0;
  #learned = 0;
  /** Where the stamp's shape began in the line that was read last. */
  from = 0;

  /** Only the first layout is read: a line that it reads is never asked of the others. */
  constructor(layouts: readonly Layout[]) {
    const first = layouts[0] ?? null;
    this.#seeks = first !== null && !(first instanceof TextLayout) && first.format?.id === 'access-log';
    this.#layout = first instanceof TextLayout || this.#seeks ? first : null;
  }

  get reads(): boolean {
    return this.#layout !== null;
  }

  /** The shape of the line before, which the next one most likely has too. */
  get newest(): StampTemplate | null {
    return this.#shapes[0] ?? null;
  }

  get seeks(): boolean {
    return this.#seeks;
  }

  /** So many lines were read by a shape elsewhere (line-run.ts). */
  count(lines: number): void {
    this.#hits += lines;
  }

  /** The shape that bytes[from, end) begins with, its `stamp` filled; null when the line has to be read as text. */
  read(bytes: Uint8Array, from: number, end: number): StampTemplate | null {
    const shapes = this.#shapes;
    if (shapes.length === 0) return null;
    let at = from;
    if (this.#seeks) {
      at = bracketIn(bytes, from, end);
      if (at < 0) return null;
    }
    this.from = at;
    for (let index = 0; index < shapes.length; index += 1) {
      const shape = shapes[index]!;
      if (!shape.read(bytes, at, end)) continue;
      this.#hits += 1;
      if (index > 0) {
        shapes.copyWithin(1, 0, index);
        shapes[0] = shape;
      }
      return shape;
    }
    return null;
  }

  /** After the regular expressions have read the line. `named`: the stamp itself names the level. */
  learn(found: Found, level: Level | null, named: boolean, bytes: Uint8Array, from: number, end: number): void {
    const layout = this.#layout;
    if (layout === null || found.layout !== layout) return;
    if (this.#learned > PATIENCE && this.#hits < 4 * this.#learned) return;
    this.#learned += 1;
    let shape: StampTemplate | null;
    if (this.#seeks) {
      const bracket = bracketIn(bytes, from, end);
      shape = bracket < 0 ? null : learnAnywhere(layout as AnywhereLayout, found, bytes, from, bracket, end);
    } else shape = learnTemplate(layout, found, level, named, bytes, from, end);
    if (shape === null) return;
    if (this.#shapes.length === MOST_SHAPES) this.#shapes.pop();
    this.#shapes.unshift(shape);
  }
}
