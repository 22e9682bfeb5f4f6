// What a reader looks at: a line without what only a terminal or a power cut put there.

// Colours and cursor moves (CSI), titles and links (OSC), and the marks that some CI systems hide in an APC string.
const CONTROL = /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]_P^][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_=>78])/g;

/** Removes escape sequences and NULs; the line end's CR; and a byte order mark. */
export function cleanLine(line: string): string {
  let text = line.charCodeAt(line.length - 1) === 13 ? line.slice(0, -1) : line;
  if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
  if (text.includes('\x1b')) text = text.replace(CONTROL, '');
  if (text.includes('\0')) text = text.replaceAll('\0', '');
  return text;
}

/**
 * The texts that a terminal would have shown one after the other on this line, the first and the last of them:
 * a progress bar draws itself anew after each carriage return, and a log line may follow the last one.
 */
export function overwrites(line: string): readonly string[] {
  if (!line.includes('\r')) return [line];
  const drawn = line.split('\r').filter((part) => part !== '');
  return drawn.length <= 1 ? drawn : [drawn[0]!, drawn.at(-1)!];
}
