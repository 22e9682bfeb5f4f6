// The words and letters by which programs name a level.
import type { Level } from './entry.js';

const WORDS: Readonly<Record<Level, string>> = {
  trace: 'trace trc trac finest silly tracing',
  debug: 'debug dbg debg debu fine finer verbose vrb verb ddebug spam',
  info: 'info inf information informational notice note log config success message msg milestone mil',
  warn: 'warn warning wrn warni wrng warnings',
  error: 'error err eror erro errors severe failure',
  fatal: 'fatal critical crit alert emerg emergency panic ftl fata pani criti dpanic crt',
};

const BY_WORD = new Map<string, Level>();
for (const [level, words] of Object.entries(WORDS)) {
  for (const word of words.split(' ')) {
    for (const form of [word, word.toUpperCase(), word[0]!.toUpperCase() + word.slice(1)])
      BY_WORD.set(form, level as Level);
  }
}

/** The level that a word names, in any case and with a number after it (debug2, DEBUG5); null for other words. */
export function levelOf(word: string): Level | null {
  return BY_WORD.get(word) ?? BY_WORD.get(word.toLowerCase().replace(/\d$/, '')) ?? null;
}

const LETTERS: Readonly<Record<string, Level>> = {
  T: 'trace',
  V: 'debug',
  D: 'debug',
  I: 'info',
  N: 'info',
  W: 'warn',
  E: 'error',
  F: 'fatal',
  C: 'fatal',
  A: 'fatal',
  WW: 'warn',
  EE: 'error',
  II: 'info',
};

export function levelOfLetter(letter: string): Level | null {
  return LETTERS[letter] ?? null;
}

/** RFC 5424's severities, 0 (emergency) to 7 (debug); a whole priority number holds the facility as well. */
export function levelOfSeverity(priority: number): Level {
  return (['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'] as const)[priority & 7]!;
}

/** In small letters, longest first. */
export const LEVEL_WORDS = Object.values(WORDS)
  .flatMap((words) => words.split(' '))
  .sort((a, b) => b.length - a.length);

/** For patterns: a level word in capitals. */
export const UPPER_WORDS = `(?:${LEVEL_WORDS.map((word) => word.toUpperCase()).join('|')})`;

/** For patterns: a level word in capitals, capitalised or small. */
export const ANY_CASE_WORDS = `(?:${LEVEL_WORDS.flatMap((word) => [
  word.toUpperCase(),
  word,
  word[0]!.toUpperCase() + word.slice(1),
]).join('|')})`;
