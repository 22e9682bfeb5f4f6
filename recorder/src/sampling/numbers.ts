// Numbers out of the kernel's text, straight from bytes.

const ZERO = 0x30;
const SPACE = 0x20;
const TAB = 0x09;
const NEWLINE = 0x0a;

/** A line's name, ready to be found: "VmRSS:" is looked for at the start of a line only, so a process may be called "VmRSS:". */
export interface Field {
  readonly name: Buffer;
  readonly afterNewline: Buffer;
  /**
   * How far behind the beginning of its search it was found last. The kernel prints most lines at a fixed width, so it mostly is there again: looking
   * at a handful of bytes costs a fraction of a search. -1 before it was ever found.
   */
  lastAt: number;
}

export function field(name: string): Field {
  return { name: Buffer.from(name, 'latin1'), afterNewline: Buffer.from(`\n${name}`, 'latin1'), lastAt: -1 };
}

/** Where the text behind a field begins, looking from `from`; -1 when the first `length` bytes have no such line. */
export function findField(bytes: Buffer, length: number, wanted: Field, from = 0): number {
  if (wanted.lastAt >= 0 && standsAt(bytes, length, wanted.name, from + wanted.lastAt)) return from + wanted.lastAt;
  const size = wanted.name.length;
  let found = size;
  if (from > 0 || !standsAt(bytes, length, wanted.name, size)) {
    const text = length === bytes.length ? bytes : bytes.subarray(0, length);
    const at = text.indexOf(wanted.afterNewline, Math.max(0, from - 1));
    if (at < 0) return -1;
    found = at + size + 1;
  }
  wanted.lastAt = found - from;
  return found;
}

/** Whether `name` begins a line and ends at `end`. */
function standsAt(bytes: Buffer, length: number, name: Buffer, end: number): boolean {
  let at = end - name.length;
  if (end > length || at < 0 || (at > 0 && bytes[at - 1] !== NEWLINE)) return false;
  for (let i = 0; at < end; ) if (bytes[at++] !== name[i++]) return false;
  return true;
}

/** The whole number at `at`, blanks before it skipped; NaN when there is none. Digits beyond 2^53 lose precision, which only "unlimited" has. */
export function numberAt(bytes: Buffer, length: number, at: number): number {
  while (at < length && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
  let value = 0;
  const start = at;
  for (; at < length; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return at === start ? Number.NaN : value;
}

/** The number of the line called `wanted`; NaN when there is no such line. */
export function fieldNumber(bytes: Buffer, length: number, wanted: Field, from = 0): number {
  const at = findField(bytes, length, wanted, from);
  return at < 0 ? Number.NaN : numberAt(bytes, length, at);
}

/** A number with decimals, "12.34"; NaN when there is none. */
export function decimalAt(bytes: Buffer, length: number, at: number): number {
  const whole = numberAt(bytes, length, at);
  if (Number.isNaN(whole)) return whole;
  while (at < length && bytes[at] !== 0x2e) {
    if (bytes[at] === NEWLINE) return whole;
    at++;
  }
  let value = whole;
  let scale = 0.1;
  for (at++; at < length; at++, scale /= 10) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) break;
    value += digit * scale;
  }
  return Math.round(value * 1e6) / 1e6;
}
