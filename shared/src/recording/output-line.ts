// The grammar of output.log, on bytes: one physical line a piece of the job's output, after the convention of container runtimes (CRI).
//
//   2026-11-20T16:35:01.123Z stdout F text     a whole line, or the end of one
//   2026-11-20T16:35:01.123Z stdout P text     a piece: the line goes on in the next piece of the same stream
//    text                                      one leading space: same instant and stream as the line above, whole
//
// A line is cut into pieces when it is not finished within PIECE_AFTER_MS (a prompt, a progress bar) or longer than PIECE_BYTES; each piece has its own
// arrival time. The short form is written in a flood only: more than FLOOD_LINES whole lines of one stream in one read.
// A stream that ends without a newline ends in a P. The text is as the job wrote it: control bytes, CR and invalid UTF-8 included.

export const OUTPUT_STREAMS = ['stdout', 'stderr', 'tty'] as const;
/** `tty`: the job had a terminal, on which its streams are one. */
export type OutputStream = (typeof OUTPUT_STREAMS)[number];

/** An unfinished line is written as a piece after this long. */
export const PIECE_AFTER_MS = 200;
/** The longest text of one physical line. */
export const PIECE_BYTES = 16 * 1024;
/** More whole lines than this in one read are written in the short form. */
export const FLOOD_LINES = 64;

const TIME_BYTES = 24; // 2026-11-20T16:35:01.123Z
const SPACE = 0x20;
const ZERO = 0x30;

export interface OutputPrefix {
  readonly timeMs: number;
  readonly stream: OutputStream;
  /** True for F (a newline followed), false for P. */
  readonly full: boolean;
  /** Where the text begins, an index into the bytes given. */
  readonly textFrom: number;
}

/** The prefix of a whole line or piece, ready to stand before its text. `time` is RFC 3339 UTC with milliseconds. */
export function outputPrefix(time: string, stream: OutputStream, full: boolean): string {
  return `${time} ${stream} ${full ? 'F' : 'P'} `;
}

/** True when a physical line is of the short form: it shares instant and stream with the line above. */
export function isSameInstant(bytes: Uint8Array, from: number, to: number): boolean {
  return from < to && bytes[from] === SPACE;
}

/** Reads the prefix of the physical line in bytes[from, to) (newline excluded); null when it has none (short form, or not output.log). */
export function readOutputPrefix(bytes: Uint8Array, from: number, to: number): OutputPrefix | null {
  let at = from + TIME_BYTES;
  if (to < at + 4 || bytes[at] !== SPACE || bytes[at - 1] !== 0x5a) return null;
  at++;
  // The third byte tells the three names apart: stdout, stderr, tty.
  const third = bytes[at + 2];
  const stream: OutputStream = third === 0x79 ? 'tty' : bytes[at + 3] === 0x6f ? 'stdout' : 'stderr';
  for (let i = 0; i < stream.length; i++) if (bytes[at + i] !== stream.charCodeAt(i)) return null;
  at += stream.length;
  const letter = bytes[at + 1];
  if (at + 3 > to || bytes[at] !== SPACE || bytes[at + 2] !== SPACE || (letter !== 0x46 && letter !== 0x50))
    return null;
  const timeMs = readTime(bytes, from);
  return Number.isNaN(timeMs) ? null : { timeMs, stream, full: letter === 0x46, textFrom: at + 3 };
}

/** Epoch ms of "2026-11-20T16:35:01.123Z" at `from`; NaN when it is not that. */
function readTime(bytes: Uint8Array, from: number): number {
  if (bytes[from + 4] !== 0x2d || bytes[from + 7] !== 0x2d || bytes[from + 10] !== 0x54) return Number.NaN;
  if (bytes[from + 13] !== 0x3a || bytes[from + 16] !== 0x3a || bytes[from + 19] !== 0x2e) return Number.NaN;
  const number = (at: number, digits: number): number => {
    let value = 0;
    for (let i = 0; i < digits; i++) {
      const digit = bytes[from + at + i]! - ZERO;
      if (!(digit >= 0 && digit <= 9)) return Number.NaN;
      value = value * 10 + digit;
    }
    return value;
  };
  return Date.UTC(
    number(0, 4),
    number(5, 2) - 1,
    number(8, 2),
    number(11, 2),
    number(14, 2),
    number(17, 2),
    number(20, 3),
  );
}
