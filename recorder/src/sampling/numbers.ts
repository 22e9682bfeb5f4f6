// Numbers out of the kernel's text, straight from bytes.

const ZERO = 0x30;
const SPACE = 0x20;
const TAB = 0x09;
const NEWLINE = 0x0a;

/** A line's name, ready to be found: "VmRSS:" is looked for at the start of a line only, so a process may be called "VmRSS:". */
export interface Field {
  readonly name: Buffer;
  readonly afterNewline: Buffer;
}

export function field(name: string): Field {
  return { name: Buffer.from(name, 'latin1'), afterNewline: Buffer.from(`\n${name}`, 'latin1') };
}

/** Where the text behind a field begins, looking from `from`; -1 when the first `length` bytes have no such line. */
export function findField(bytes: Buffer, length: number, wanted: Field, from = 0): number {
  const size = wanted.name.length;
  if (from === 0 && length >= size && bytes.compare(wanted.name, 0, size, 0, size) === 0) return size;
  const text = length === bytes.length ? bytes : bytes.subarray(0, length);
  const at = text.indexOf(wanted.afterNewline, Math.max(0, from - 1));
  return at < 0 ? -1 : at + size + 1;
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
