// Finds the level that an entry states: next to its stamp, in brackets, as a field, or as a letter.
// What is natural in a sentence ("error while ...", "note that ...") only counts when most entries of the file have it in that place.
import type { Level } from './entry.js';
import { ANY_CASE_WORDS, levelOf, levelOfLetter, levelOfSeverity, UPPER_WORDS } from './level-words.js';

/** Where a file keeps what is no level everywhere. */
export interface LevelHabits {
  /** The first word after the stamp, whatever its case. */
  readonly firstWord: boolean;
  /** Which of LETTERS most entries have; -1 for none. */
  readonly letter: number;
}

export const NO_HABITS: LevelHabits = { firstWord: false, letter: -1 };

/** How far behind the stamp a level may stand: behind a logger's name and a thread's. */
export const LEVEL_REACH = 140;
/** How far behind the stamp a field that names the level may stand. */
export const FIELD_REACH = 400;

const PRIORITY = /^<(\d{1,3})>/;
const FIELD =
  /(?:^|[\s,;{[("|])(?:level|lvl|severity|loglevel|log[._]level|levelname)["']?\s*[=:]\s*["']?([A-Za-z]{1,13})\b/i;
const UPPER = new RegExp(`(?<![A-Za-z0-9_$./=-])(${UPPER_WORDS})\\d?(?![A-Za-z0-9_])(?!\\s?=|-|\\/)`);
const BRACKETED = new RegExp(`[[(<|]\\s*(?:[\\w .-]{0,40}[:/])?(${ANY_CASE_WORDS})\\d?\\s*(?:[\\])>|:]|$)`);
const FIRST = new RegExp(`^[^A-Za-z0-9]*(${ANY_CASE_WORDS})\\d?(?![A-Za-z0-9_'-])`);
const FIRST_MARKED = new RegExp(`^[^A-Za-z0-9]*(${ANY_CASE_WORDS})\\d?(?=[:\\]\\t|,)>;]| {2,}| [-|:] )`);
const COLON = new RegExp(`^.{0,60}?(?<![A-Za-z0-9_./-])(${ANY_CASE_WORDS}):`);
const DOTTED = new RegExp(`^[^A-Za-z0-9]*\\w{1,30}\\.(${UPPER_WORDS}):`);
const LEAD_WORD = new RegExp(
  `(?:^|[^A-Za-z0-9_])(${UPPER_WORDS})(?![A-Za-z_])|[[(<|]\\s*(${ANY_CASE_WORDS})\\s*[\\])>|:]|^\\s*(${ANY_CASE_WORDS})[:|]`,
);
const LEAD_LETTER = /^\W*([TDIWEFCN])[,:|]?\s*\W*$/;

/**
 * A level in capitals right behind the stamp. It is the line's own whatever comes after it, a message's fields included: the rest
 * of the line need not be looked at (level-bytes.ts finds the same on bytes).
 */
const DIRECT = new RegExp(`^[\\s\\])}>:|,;-]{0,6}[[(<]? ?(${UPPER_WORDS})(?=[\\])>:|,;\\t]| (?!=))`);

/** Xorg's. */
const SIGNED = /^\W{0,3}\((WW|EE|II)\) /;

const LETTERS: readonly RegExp[] = [
  /^[\s\])}>:|,;-]{0,5}[[(<]?([TVDIWEFCNA])[\])>:|\s]/,
  /^(?:[\s:|-]+\d+){1,3}[\s:|-]+([VDIWEFA])[\s/:|]/,
  /^.{0,60}?[[(<]([TVDIWEFCNA]|WW|EE|II)[\])>]/,
  /^.{0,50}?\s([VDIWEF])\/[\w.]/,
];

/**
 * `before` and `after` are what stands before and behind the stamp; `named` is the level's word where the layout names one.
 * Null when the entry states none.
 */
export function findLevel(before: string, after: string, named: string | null, habits: LevelHabits): Level | null {
  if (named !== null) return levelOfNamed(named);
  const lead = levelOfLead(before);
  if (lead !== undefined) return lead;
  const near = after.length > LEVEL_REACH ? after.slice(0, LEVEL_REACH) : after;
  if (habits.letter < 0) {
    const direct = DIRECT.exec(near);
    if (direct) return levelOf(direct[1]!);
  }
  const field =
    fieldIn(after.length > FIELD_REACH ? after.slice(0, FIELD_REACH) : after) ??
    (before.length > 0 ? fieldIn(before) : null);
  if (field !== null) {
    const level = levelOfField(field);
    if (level !== null) return level;
  }
  const sign = SIGNED.exec(near);
  if (sign) return levelOfLetter(sign[1]!);
  if (habits.letter >= 0) {
    const letter = LETTERS[habits.letter]!.exec(near);
    if (letter) return levelOfLetter(letter[1]!);
  }
  const first = (habits.firstWord ? FIRST : FIRST_MARKED).exec(near) ?? DOTTED.exec(near);
  if (first) return levelOf(first[1]!);
  const upper = UPPER.exec(near);
  const bracketed = BRACKETED.exec(near);
  if (upper && (!bracketed || upper.index <= bracketed.index)) return levelOf(upper[1]!);
  if (bracketed) return levelOf(bracketed[1]!);
  const colon = COLON.exec(near);
  return colon ? levelOf(colon[1]!) : null;
}

/** What stands before the stamp alone decides: null for a word that is no level here; undefined when it says nothing. */
export function levelOfLead(before: string): Level | null | undefined {
  if (before === '') return undefined;
  const priority = PRIORITY.exec(before);
  if (priority) return levelOfSeverity(Number(priority[1]));
  const word = LEAD_WORD.exec(before);
  if (word) return levelOf((word[1] ?? word[2] ?? word[3])!);
  const letter = LEAD_LETTER.exec(before);
  return letter ? levelOfLetter(letter[1]!) : undefined;
}

/** The value of a field that names the level; null when there is none. */
export function fieldIn(text: string): string | null {
  return FIELD.exec(text)?.[1] ?? null;
}

export function levelOfField(value: string): Level | null {
  return value.length === 1 ? levelOfLetter(value.toUpperCase()) : levelOf(value);
}

/** A word, a letter, or the numbers of pino and bunyan (10 trace to 60 fatal). */
export function levelOfNamed(named: string): Level | null {
  if (/^\d+$/.test(named)) {
    const number = Number(named);
    if (number >= 10 && number < 70 && number % 10 === 0) {
      return (['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)[number / 10 - 1]!;
    }
    return null;
  }
  return named.length <= 2 ? levelOfLetter(named.toUpperCase()) : levelOf(named);
}

/** What the stamped lines of a sample have in common; each as its text before and after the stamp. */
export function findHabits(samples: readonly { readonly after: string }[]): LevelHabits {
  if (samples.length === 0) return NO_HABITS;
  const share = (pattern: RegExp): number =>
    samples.filter(({ after }) => pattern.test(after.slice(0, LEVEL_REACH))).length / samples.length;
  let letter = -1;
  LETTERS.forEach((pattern, index) => {
    if (letter >= 0 || share(pattern) < 0.6) return;
    const letters = new Set(samples.map(({ after }) => pattern.exec(after.slice(0, LEVEL_REACH))?.[1]));
    // "A" alone is an article and "C" a name; the others seldom stand alone in a sentence.
    if (['I', 'W', 'E', 'D', 'II', 'WW', 'EE'].some((usual) => letters.has(usual))) letter = index;
  });
  return { firstWord: share(FIRST) >= 0.5, letter };
}
