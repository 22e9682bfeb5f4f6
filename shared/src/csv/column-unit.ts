// What a column of a file from elsewhere measures, as far as its name says.
import { columnNamed, type Unit } from '../recording/columns.js';

export interface ColumnUnit {
  readonly unit: Unit;
  /** A cell times this is in `unit`. */
  readonly factor: number;
  /** Not stated by the name: a guess that a person should know of. */
  readonly guessed: boolean;
}

// Tools that measure memory mean powers of two whichever letters they write: ps and /proc say kB, top says MB, psrecord says
// MB, and all of them divide by 1024. Only a column that says nothing is a guess.
const BYTES: Readonly<Record<string, number>> = {
  b: 1,
  byte: 1,
  bytes: 1,
  k: 1024,
  kb: 1024,
  kib: 1024,
  kbytes: 1024,
  kilobytes: 1024,
  kibibytes: 1024,
  m: 1024 ** 2,
  mb: 1024 ** 2,
  mib: 1024 ** 2,
  mbytes: 1024 ** 2,
  megabytes: 1024 ** 2,
  mebibytes: 1024 ** 2,
  g: 1024 ** 3,
  gb: 1024 ** 3,
  gib: 1024 ** 3,
  gbytes: 1024 ** 3,
  gigabytes: 1024 ** 3,
  gibibytes: 1024 ** 3,
  tb: 1024 ** 4,
  tib: 1024 ** 4,
};
const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  ms: 0.001,
  millis: 0.001,
  milliseconds: 0.001,
  us: 1e-6,
  ns: 1e-9,
  min: 60,
  minutes: 60,
};
const PERCENT = new Set(['%', 'pct', 'percent', 'percentage']);
const MEMORY =
  /(?:^|[^a-z])(?:rss|pss|uss|vms|vsz|res|mem|memory|heap|swap|rsz|hwm|working set|private bytes|used|resident|shared)(?:$|[^a-z])/i;
const COUNTED = /(?:^|[^a-z])(?:count|number|num|n|procs?|processes|threads|nproc|kills?|faults?)(?:$|[^a-z])/i;

/** The unit of a column by its name: `job_rss_bytes`, `rss_mb`, `RSS (MB)`, `memory [KiB]`, `mem%`. */
export function unitOfColumn(name: string): ColumnUnit {
  const known = columnNamed(name);
  if (known !== undefined) return { unit: known.unit, factor: 1, guessed: false };
  for (const word of unitWords(name)) {
    if (PERCENT.has(word)) return { unit: 'percent', factor: 1, guessed: false };
    const bytes = BYTES[word];
    // A lone letter is a unit only in brackets or behind a memory word: "phase_m" is no size.
    if (bytes !== undefined && (word.length > 1 || MEMORY.test(name) || /[([]\s*[bkmg]\s*[)\]]$/i.test(name))) {
      return { unit: 'bytes', factor: bytes, guessed: false };
    }
    const seconds = SECONDS[word];
    if (seconds !== undefined) return { unit: 'seconds', factor: seconds, guessed: false };
  }
  // A file without a header says nothing at all.
  if (/^column \d+$/.test(name)) return { unit: 'bytes', factor: 1, guessed: true };
  if (MEMORY.test(name.replace(/_/g, ' ')) && !COUNTED.test(name.replace(/_/g, ' '))) {
    return { unit: 'bytes', factor: 1, guessed: true };
  }
  if (/(?:^|[^a-z])cpu(?:$|[^a-z])/i.test(name)) return { unit: 'percent', factor: 1, guessed: true };
  return { unit: 'count', factor: 1, guessed: false };
}

/** The words at the end of a name that may be its unit, the likeliest first. */
function unitWords(name: string): string[] {
  const lower = name
    .replace(/([a-z])([A-Z][a-z])/g, '$1_$2')
    .trim()
    .toLowerCase();
  const words: string[] = [];
  const bracket = /[([]\s*([a-z%]+)\s*[)\]]\s*$/.exec(lower)?.[1];
  if (bracket !== undefined) words.push(bracket);
  // sar writes the unit in front: kbmemused.
  const front = /^(kb|mb|gb)(?=mem|swp|buf|cach|commit|active|inact|dirty|anon|slab|avail)/.exec(lower)?.[1];
  if (front !== undefined) words.push(front);
  if (lower.endsWith('%') || lower.startsWith('%')) words.push('%');
  const last = /(?:^|[\s_.:/-])([a-z]+)$/.exec(lower)?.[1];
  if (last !== undefined && last !== lower) words.push(last);
  else if (last === 'bytes') words.push(last);
  return words;
}

/**
 * The unit of a memory column whose name states none, by what tools write: psrecord fractions of MiB, ps and /proc whole KiB,
 * programs about themselves whole bytes. A process of fewer than 4 MiB in bytes, or of more than 4 GiB in KiB, is rarer than the
 * other reading.
 */
export function guessBytes(values: readonly number[]): { readonly factor: number; readonly name: string } {
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  if (largest >= 2 ** 22) return { factor: 1, name: 'bytes' };
  if (values.some((value) => !Number.isInteger(value)) || (largest > 0 && largest < 2 ** 11)) {
    return { factor: 2 ** 20, name: 'MiB' };
  }
  return largest > 0 ? { factor: 1024, name: 'KiB' } : { factor: 1, name: 'bytes' };
}
