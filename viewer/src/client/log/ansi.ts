// What a terminal would show of one line: colours become names, everything else that steers a terminal is left out. The
// result is plain text in pieces; it is put on the page as text, never as HTML.

export interface Piece {
  readonly text: string;
  /** Class names: "ansi-red", "ansi-bold"; empty for plain text. */
  readonly style: string;
}

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** ESC [ ... letter; ESC ] ... BEL or ESC \ ; other two-byte escapes; control characters but tab. */
const CONTROL =
  /\x1b\[([0-?]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\|$)|\x1b[PX^_][^\x1b]*(?:\x1b\\|$)|\x1b[ -/]*[0-~]?|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]/g;

/** A progress bar writes over itself: what stood last is what a reader wants. A closing return belongs to the line's end. */
export function lastWritten(line: string): string {
  const text = line.replace(/[\r\n]+$/, '');
  return text.slice(text.lastIndexOf('\r') + 1);
}

export function readAnsi(line: string): Piece[] {
  const text = lastWritten(line);
  const pieces: Piece[] = [];
  let colour = '';
  let bold = false;
  let dim = false;
  let from = 0;
  const add = (to: number): void => {
    if (to <= from) return;
    const style = [colour, bold ? 'ansi-bold' : '', dim ? 'ansi-dim' : ''].filter((part) => part !== '').join(' ');
    const before = pieces.at(-1);
    const part = text.slice(from, to);
    if (before !== undefined && before.style === style) {
      pieces[pieces.length - 1] = { text: before.text + part, style };
    } else pieces.push({ text: part, style });
  };
  for (const match of text.matchAll(CONTROL)) {
    add(match.index);
    from = match.index + match[0].length;
    if (match[2] !== 'm') continue;
    const codes = (match[1] ?? '').split(/[;:]/).map(Number);
    for (let i = 0; i < codes.length; i += 1) {
      const code = codes[i] ?? 0;
      if (code === 0) {
        colour = '';
        bold = false;
        dim = false;
      } else if (code === 1) bold = true;
      else if (code === 2) dim = true;
      else if (code === 22) {
        bold = false;
        dim = false;
      } else if (code >= 30 && code <= 37) colour = `ansi-${COLOURS[code - 30]}`;
      else if (code >= 90 && code <= 97) colour = `ansi-${COLOURS[code - 90]}`;
      else if (code === 39) colour = '';
      // 256 colours and RGB, fore- or background, carry arguments; a palette of our own could not honour them.
      else if (code === 38 || code === 48) i += codes[i + 1] === 5 ? 2 : codes[i + 1] === 2 ? 4 : 0;
    }
  }
  add(text.length);
  return pieces;
}

/** The line without any control codes: for tooltips, names and copying. */
export function plainText(line: string): string {
  return lastWritten(line).replace(CONTROL, '');
}
