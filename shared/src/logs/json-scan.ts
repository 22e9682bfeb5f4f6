// Looks up a few keys of a JSON object without building it. Works on a line that was cut, which JSON.parse refuses.

export interface JsonField {
  /** Keys from the outside in, joined by a dot: "log.level". A dot inside a key stays as it is. */
  readonly path: string;
  /** The text of a string (its escapes decoded), of a number or of a literal. */
  readonly value: string;
  readonly kind: 'string' | 'number' | 'literal';
}

/** Of objects in one another, so many are looked at. */
export const DEEPEST = 3;

/**
 * Calls `visit` with every string, number and literal of the object that begins at `start`, in order, down to three levels.
 *
 * Returns where the object ends (behind its brace), or -1 when the text is no JSON object. A text that breaks off inside
 * counts as one that ends there. `visit` may return false to stop.
 */
export function scanJson(text: string, start: number, visit: (field: JsonField) => boolean | undefined): number {
  if (text.charCodeAt(start) !== 123) return -1;
  const keys: string[] = [];
  /** For every open bracket whether it is an object. */
  const open: boolean[] = [true];
  let at = start + 1;
  let key: string | null = null;
  let stopped = false;
  const give = (value: string, kind: JsonField['kind']): void => {
    if (stopped || key === null || open.length > DEEPEST || open.includes(false)) return;
    const path = keys.length > 0 ? `${keys.join('.')}.${key}` : key;
    if (visit({ path, value, kind }) === false) stopped = true;
  };
  while (at < text.length) {
    const code = text.charCodeAt(at);
    switch (code) {
      case 32:
      case 9:
      case 13:
      case 44: // ,
        at += 1;
        break;
      case 34: {
        const end = endOfString(text, at);
        const raw = text.slice(at + 1, end);
        at = end + 1;
        if (open.at(-1) && key === null) {
          // A key: a colon follows.
          while (text.charCodeAt(at) === 32) at += 1;
          if (at < text.length && text.charCodeAt(at) !== 58) return -1;
          at += 1;
          key = raw;
        } else {
          give(raw.includes('\\') ? unescaped(raw) : raw, 'string');
          key = null;
        }
        break;
      }
      case 123: // {
      case 91: // [
        if (open.at(-1) && key === null) return -1;
        keys.push(key ?? '');
        open.push(code === 123);
        key = null;
        at += 1;
        break;
      case 125: // }
      case 93: // ]
        if (open.at(-1) !== (code === 125)) return -1;
        open.pop();
        at += 1;
        if (open.length === 0) return at;
        keys.pop();
        key = null;
        break;
      default: {
        const end = endOfWord(text, at);
        if (end === at || (open.at(-1) && key === null)) return -1;
        const word = text.slice(at, end);
        give(word, code === 45 || (code >= 48 && code <= 57) ? 'number' : 'literal');
        key = null;
        at = end;
      }
    }
    if (stopped) return at;
  }
  return at;
}

function endOfString(text: string, quote: number): number {
  let end = text.indexOf('"', quote + 1);
  while (end > 0) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 92) backslashes += 1;
    if (backslashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

function endOfWord(text: string, from: number): number {
  let end = from;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const word =
      (code >= 48 && code <= 57) ||
      (code >= 65 && code <= 90) ||
      (code >= 97 && code <= 122) ||
      code === 43 ||
      code === 45 ||
      code === 46;
    if (!word) break;
    end += 1;
  }
  return end;
}

function unescaped(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}
