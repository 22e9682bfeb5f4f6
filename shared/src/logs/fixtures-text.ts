// Logs for tests: printed from instants that are known, so that reading them back can be checked. All text is made here.
import type { ByteSource } from '../bytes.js';
import type { Level } from './entry.js';

const utf8 = (text: string): Uint8Array => {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(bytes);
};

/** A file in memory that tests can let grow, cut and replace. */
export interface TextFile extends ByteSource {
  write(text: string): void;
  append(text: string): void;
  /** How often it was read, and how much at most at once. */
  readonly reads: { count: number; largest: number };
}

export function textFile(text: string | Uint8Array, name = 'app.log'): TextFile {
  let bytes = typeof text === 'string' ? utf8(text) : text;
  const reads = { count: 0, largest: 0 };
  return {
    name,
    reads,
    size: async () => bytes.length,
    read: async (from, to) => {
      reads.count += 1;
      reads.largest = Math.max(reads.largest, to - from);
      return bytes.slice(from, Math.min(to, bytes.length));
    },
    write: (next) => {
      bytes = utf8(next);
    },
    append: (next) => {
      const more = utf8(next);
      const all = new Uint8Array(bytes.length + more.length);
      all.set(bytes);
      all.set(more, bytes.length);
      bytes = all;
    },
  };
}

export interface PrintedEntry {
  readonly ms: number;
  readonly level: Level;
  readonly text: string;
}

/** What programs say: other dates, numbers that look like instants, times. */
const MESSAGES = [
  'worker 3 is online',
  'backup of 2024-01-01 00:00:00 kept until 2031-12-31T23:59:59Z',
  'cache holds 1716199200 keys',
  'job 5f2 finished in 00:12:31',
  'listening on 10.0.0.7:8080',
  'id 1599999999999 was sent twice',
  'I saw nothing',
  'rss 183.4 MB (+10.5)',
  'retry 2/5 in 1.500 s',
];

const LEVEL_TURNS: readonly Level[] = ['info', 'info', 'debug', 'warn', 'info', 'error', 'debug', 'info'];

/** Entries at uneven steps, some within one second, across an hour's end. */
export function someEntries(count: number, from = Date.parse('2026-05-20T08:59:41.123Z')): PrintedEntry[] {
  const entries: PrintedEntry[] = [];
  let ms = from;
  for (let at = 0; at < count; at += 1) {
    entries.push({ ms, level: LEVEL_TURNS[at % LEVEL_TURNS.length]!, text: MESSAGES[(at * 4) % MESSAGES.length]! });
    ms += [431, 1207, 36_118, 5003, 12, 61_777][at % 6]!;
  }
  return entries;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const LETTERS: Record<Level, string> = { trace: 'T', debug: 'D', info: 'I', warn: 'W', error: 'E', fatal: 'F' };
const PINO: Record<Level, number> = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 };
const SEVERITY: Record<Level, number> = { trace: 7, debug: 7, info: 6, warn: 4, error: 3, fatal: 2 };

/**
 * Fills in a template in `date`'s manner: %Y %m %d %H %M %S, %y, %e (day padded with a blank), %b %B %a %A, %j, %I %p (12 hours), %s (epoch),
 * %1..%9 (that many digits of fraction), %T (= %H:%M:%S), %F (= %Y-%m-%d), and %-d for numbers without padding.
 * {L} {l} {Ll} {L5} {c} {pino} {pri} are the level, {msg} the text.
 */
export function printEntry(template: string, entry: PrintedEntry): string {
  const date = new Date(entry.ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hour12 = date.getUTCHours() % 12 || 12;
  const nanos = String(Math.floor(entry.ms % 1000))
    .padStart(3, '0')
    .padEnd(9, '0');
  const field: Record<string, () => string> = {
    Y: () => String(date.getUTCFullYear()),
    y: () => two(date.getUTCFullYear() % 100),
    m: () => two(date.getUTCMonth() + 1),
    d: () => two(date.getUTCDate()),
    e: () => String(date.getUTCDate()).padStart(2),
    H: () => two(date.getUTCHours()),
    I: () => two(hour12),
    M: () => two(date.getUTCMinutes()),
    S: () => two(date.getUTCSeconds()),
    p: () => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
    b: () => MONTHS[date.getUTCMonth()]!.slice(0, 3),
    B: () => MONTHS[date.getUTCMonth()]!,
    a: () => DAYS[date.getUTCDay()]!.slice(0, 3),
    A: () => DAYS[date.getUTCDay()]!,
    j: () =>
      String(
        (Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) -
          Date.UTC(date.getUTCFullYear(), 0, 0)) /
          86_400_000,
      ).padStart(3, '0'),
    s: () => String(Math.floor(entry.ms / 1000)),
    F: () => date.toISOString().slice(0, 10),
    T: () => date.toISOString().slice(11, 19),
  };
  const upper = entry.level.toUpperCase();
  return template
    .replace(/%(-?)([A-Za-z1-9])/g, (whole, bare: string, letter: string) => {
      if (/[1-9]/.test(letter)) return nanos.slice(0, Number(letter));
      const text = field[letter]?.() ?? whole;
      return bare ? text.replace(/^[0 ]+(?=\d)/, '') : text;
    })
    .replaceAll('{L}', upper)
    .replaceAll('{L5}', upper.padEnd(5))
    .replaceAll('{l}', entry.level)
    .replaceAll('{Ll}', upper[0] + entry.level.slice(1))
    .replaceAll('{c}', LETTERS[entry.level])
    .replaceAll('{pino}', String(PINO[entry.level]))
    .replaceAll('{pri}', String(8 + SEVERITY[entry.level]))
    .replaceAll('{msg}', entry.text);
}
