// Foreign text in a Markdown document (CommonMark 0.31 and GitHub's tables): what a log says never becomes structure, markup,
// a link, a picture or HTML. Log lines stand as code, which nothing inside them can end.
import { plainText, shortened } from '../words/plain-text.js';

/** More of a log line says no more in a table. Unit: characters. */
const LONGEST = 160;

/** A sentence of ours that may quote a file's name: what Markdown or HTML could take for markup stands escaped. One line. */
export function markdownText(text: string): string {
  return plainText(text).replace(/[\\`*_[\]<>&|~@#]|:(?=\/\/)|(?<=www)\./gi, (mark) => ENTITIES[mark] ?? `\\${mark}`);
}

/** No backslash keeps a tag, an entity, a mention or a bare address from being one everywhere. */
const ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '@': '&#64;',
  ':': '&#58;',
  '.': '&#46;',
};

/**
 * Text as inline code, one line, cut at `LONGEST`; empty text gives nothing. Fit for a cell of a table: there a bar ends the cell
 * even inside code, so it is escaped, and text in which a backslash stands before a bar, for which there is no such way, becomes an
 * HTML element with every mark as an entity.
 */
export function inlineCode(text: string, inTable = false): string {
  const shown = shortened(plainText(text), LONGEST);
  if (shown === '') return '';
  if (inTable && /\\\||\\$/.test(shown)) {
    return `<code>${shown.replace(/[^\p{L}\p{N} ]/gu, (mark) => `&#${mark.codePointAt(0)};`)}</code>`;
  }
  const ticks = '`'.repeat(longestRun(shown) + 1);
  // A backtick at an edge would join the fence; one blank on both sides is taken off again by the reader.
  const edge = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  const code = `${ticks}${edge}${shown}${edge}${ticks}`;
  return inTable ? code.replaceAll('|', '\\|') : code;
}

/** Lines as a fenced block. */
export function codeBlock(lines: readonly string[]): string[] {
  const shown = lines.map((line) => plainLine(line));
  const fence = '`'.repeat(Math.max(3, ...shown.map((line) => longestRun(line) + 1)));
  return [`${fence}text`, ...shown, fence];
}

/** As `plainText`, with its indent. */
const plainLine = (line: string): string => `${/^[ \t]*/.exec(line)?.[0] ?? ''}${plainText(line)}`;

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
