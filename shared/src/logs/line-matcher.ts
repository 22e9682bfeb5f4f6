// Matches lines against what a person searches for, a block of them at a time.
import { UsageError } from '../errors.js';
import type { LogFilter } from '../view/data-source.js';

/** Tests lines somewhere else, where an expression that takes for ever holds nobody up. */
export interface LineMatcher {
  /** For each of the lines, joined by LF, 1 when it matches. Rejects with the signal's reason, at once, when that aborts. */
  match(lines: string, signal?: AbortSignal): Promise<Uint8Array>;
  close(): void;
}

export type OpenMatcher = (pattern: RegExp) => LineMatcher;

/** Letter case does not matter. Throws a UsageError for a regular expression that is none. */
export function patternOf(text: string): RegExp {
  try {
    return new RegExp(text, 'iu');
  } catch {
    // Without the u flag more of what people type is accepted: "\-", a lone "}".
    try {
      return new RegExp(text, 'i');
    } catch (error) {
      throw new UsageError(`"${text}" is not a regular expression: ${(error as Error).message.replace(/^.*: /, '')}`);
    }
  }
}

/** The matcher of a regular expression where the host has no better one. */
export const matchHere: OpenMatcher = (pattern) => ({
  match: async (lines) => Uint8Array.from(lines.split('\n'), (line) => (pattern.test(line) ? 1 : 0)),
  close: () => undefined,
});

const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder();

/**
 * Whether a block of bytes may hold the text in a line of it: asked of all its bytes at once, at half the cost of asking line by line.
 * Null where blocks cannot be ruled out so, as for regular expressions, which see where a line ends.
 */
export function blockTest(filter: Pick<LogFilter, 'text' | 'regex'>): ((bytes: Uint8Array) => boolean) | null {
  if (filter.regex || filter.text === '') return null;
  const wanted = filter.text.toLowerCase();
  const plain = /^[\x20-\x7e]*$/.test(wanted);
  return (bytes) => {
    const text = (plain ? latin1 : utf8).decode(bytes);
    if (text.toLowerCase().includes(wanted)) return true;
    // Control codes and NULs are taken out of lines, and may stand within the text; the signs of kelvin and of a capital
    // dotted i become plain letters.
    if (text.includes('\x1b') || text.includes('\0')) return true;
    return plain && (text.includes('\u00e2\u0084\u00aa') || text.includes('\u00c4\u00b0'));
  };
}
