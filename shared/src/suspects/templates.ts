// The statements that a log was written by, found in one pass. Every masked line is looked up by its fingerprint; only a line of
// a new shape costs more. Shapes that differ in one word that takes many values (a name, a word-like id) are one statement.
//
// Bounded: at most MOST_SHAPES shapes are kept apart, whatever the log says. The same lines always give the same templates.

import { mask } from './mask.js';
import { NumberTable } from './number-table.js';
import { fingerprint, noPieces, rendered, type StatementKey, WILDCARD } from './pieces.js';

/** A word with more values than this in one place is a value, not part of the statement. */
const MOST_VALUES = 16;
/** Shapes of one length with the same beginning; more than any program has statements like that. */
const MOST_ALIKE = 256;
const MOST_SHAPES = 4000;
/** Words of a shape that may turn out to be values. */
const WORDS_COMPARED = 24;

const DISGUISED = /(?<![\p{L}\p{N}<*])(?:[a-f]{3,}|[\p{L}_-][\p{L}._-]*\.[a-z]{1,5})(?![\p{L}\p{N}>])/giu;

const encoder = new TextEncoder();

export interface TemplateOptions {
  readonly mostValues?: number;
  /** Compiled, where there is that. */
  readonly key?: StatementKey | undefined;
}

export class Templates {
  readonly #byFingerprint = new NumberTable();
  readonly #byText = new Map<string, number>();
  readonly #texts: string[] = [];
  /** Merged shapes point to what they became. */
  readonly #became: number[] = [];
  /** Shapes that agree in everything but one word. */
  readonly #siblings = new Map<string, number[]>();
  /** Templates that stand for many shapes. */
  readonly #wide = new Set<string>();
  readonly #alike = new Map<string, number[]>();
  readonly #pieces = noPieces();
  readonly #mostValues: number;
  readonly #key: StatementKey | undefined;

  constructor(options: TemplateOptions = {}) {
    this.#mostValues = options.mostValues ?? MOST_VALUES;
    this.#key = options.key;
  }

  /** The id of the line's shape. Shapes may merge later: ask `find` when all lines were added. */
  add(text: string): number {
    const bytes = encoder.encode(text);
    mask(bytes, 0, bytes.length, this.#pieces);
    return this.#masked(bytes);
  }

  /** As `add`, for a line as it stands in the file; -1 when it has to be cleaned as text first. */
  addRaw(bytes: Uint8Array, from: number, to: number): number {
    if (this.#key !== undefined) {
      const key = this.#key(bytes, from, to);
      if (key === -1) return -1;
      const known = Number.isNaN(key) ? -1 : this.#byFingerprint.get(key);
      if (known >= 0) return known;
    }
    mask(bytes, from, to, this.#pieces);
    return this.#pieces.plain ? this.#masked(bytes) : -1;
  }

  #masked(bytes: Uint8Array): number {
    const pieces = this.#pieces;
    const key = fingerprint(bytes, pieces);
    const known = this.#byFingerprint.get(key);
    if (known >= 0) return known;
    const id = this.#shape(rendered(bytes, pieces));
    // Beyond the bound shapes are worked out anew each time instead of being remembered.
    if (this.#byFingerprint.size < 4 * MOST_SHAPES) this.#byFingerprint.set(key, id);
    return id;
  }

  /** Call when all lines were added: early shapes join the template that later ones showed them to be. */
  settle(): void {
    const wide = [...this.#wide].map((text) => text.split(' '));
    const live = this.#became.filter((into, id) => into === id);
    for (const id of live) {
      const words = this.#texts[id]!.split(' ');
      for (const other of wide) {
        if (other.length !== words.length) continue;
        if (!other.every((word, at) => word === words[at] || word === WILDCARD)) continue;
        const into = this.find(this.#byText.get(other.join(' '))!);
        // Templates never point at each other: the wider one stands for both.
        if (into !== id && this.find(id) === id) this.#became[id] = into;
      }
    }
  }

  /** The template that a shape belongs to now. */
  find(id: number): number {
    let at = id;
    while (this.#became[at] !== at) at = this.#became[at]!;
    return at;
  }

  textOf(id: number): string {
    return this.#texts[this.find(id)]!;
  }

  /** Ids are below this. */
  get size(): number {
    return this.#texts.length;
  }

  #shape(text: string): number {
    const known = this.#byText.get(text);
    if (known !== undefined) return this.find(known);
    const words = text.split(' ');
    // What an earlier merge covers is no new shape.
    for (let at = 0; at < Math.min(words.length, WORDS_COMPARED); at += 1) {
      if (isWild(words[at]!)) continue;
      const key = withWildcard(words, at);
      const merged = this.#wide.has(key) ? this.#byText.get(key) : undefined;
      if (merged !== undefined) {
        this.#byText.set(text, merged);
        return this.find(merged);
      }
    }
    // A word that may be a number in disguise ("cafe"), or a file's name, where other lines have a wildcard.
    const disguised = words.map(undisguised).join(' ');
    const seen = disguised === text ? undefined : this.#byText.get(disguised);
    if (seen !== undefined) {
      this.#byText.set(text, seen);
      return this.find(seen);
    }
    if (this.#texts.length >= MOST_SHAPES) return this.#crowded(words);
    const id = this.#create(text);
    this.#compare(id, words);
    return this.find(id);
  }

  #create(text: string): number {
    const id = this.#texts.length;
    this.#texts.push(text);
    this.#became.push(id);
    this.#byText.set(text, id);
    return id;
  }

  #compare(id: number, words: readonly string[]): void {
    for (let at = 0; at < Math.min(words.length, WORDS_COMPARED); at += 1) {
      if (isWild(words[at]!)) continue;
      const key = withWildcard(words, at);
      if (this.#wide.has(key)) {
        const into = this.find(this.#byText.get(key)!);
        if (into !== id) this.#became[id] = into;
        return;
      }
      const siblings = this.#siblings.get(key);
      if (siblings === undefined) {
        this.#siblings.set(key, [id]);
        continue;
      }
      siblings.push(id);
      if (siblings.length > this.#mostValues) {
        this.#merge(siblings, key);
        return;
      }
    }
    const group = `${words.length} ${words.find((word) => !isWild(word)) ?? ''}`;
    const alike = this.#alike.get(group);
    if (alike === undefined) this.#alike.set(group, [id]);
    else {
      alike.push(id);
      if (alike.length > MOST_ALIKE) this.#thin(alike);
    }
  }

  #merge(ids: readonly number[], text: string): void {
    const into = this.#byText.get(text) ?? this.#create(text);
    const target = this.find(into);
    for (const id of ids) {
      // What joined another template already stays there: `settle` sees whether one covers the other.
      if (id !== target && this.#became[id] === id) this.#became[id] = target;
    }
    this.#wide.add(text);
    this.#siblings.delete(text);
    this.#compare(target, this.#texts[target]!.split(' '));
  }

  /** Words that take many values among shapes that are alike become wildcards, several at a time. */
  #thin(ids: number[]): void {
    const live = [...new Set(ids.map((id) => this.find(id)))];
    const shapes = live.map((id) => this.#texts[id]!.split(' '));
    const columns = shapes[0]!.map((_, at) => new Set(shapes.map((words) => words[at])).size > this.#mostValues);
    ids.length = 0;
    live.forEach((id, at) => {
      const words = shapes[at]!.map((word, column) => (columns[column] ? WILDCARD : word));
      const text = words.join(' ');
      const into = this.find(this.#byText.get(text) ?? this.#create(text));
      if (into !== id) this.#became[id] = into;
      if (!ids.includes(into)) ids.push(into);
    });
  }

  /** There is no room for another shape: only how it begins counts. */
  #crowded(words: readonly string[]): number {
    const first = words.find((word) => !isWild(word)) ?? '';
    const text = `${first} ${WILDCARD}`.trimStart();
    const known = this.#byText.get(text) ?? (this.#texts.length < 1.25 * MOST_SHAPES ? this.#create(text) : undefined);
    if (known !== undefined) return this.find(known);
    return this.find(this.#byText.get(WILDCARD) ?? this.#create(WILDCARD));
  }
}

/** The word with a wildcard for what may be a value that looks like a word. */
export const undisguised = (word: string): string => word.replace(DISGUISED, WILDCARD);

const isWild = (word: string): boolean => word.includes(WILDCARD) || !/[A-Za-z\u0080-\uffff]/.test(word);

const withWildcard = (words: readonly string[], at: number): string =>
  [...words.slice(0, at), WILDCARD, ...words.slice(at + 1)].join(' ');
