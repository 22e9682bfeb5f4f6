// What the bytes of a log line are, for telling words from numbers. Also the tables of the compiled code (mask.as.ts).

export const LETTER = 0;
export const HEX = 1;
export const DIGIT = 2;
/** May stand inside a word: "a-b", "x.y", "45%". */
export const SIGN = 3;
export const SLASH = 4;
export const DELIMITER = 5;
export const SPACE = 6;
export const QUOTE = 7;

/** Of bytes; those of other than ASCII characters are letters. */
export const CLASSES = new Uint8Array(256).fill(LETTER);
for (let code = 0; code < 128; code += 1) {
  const char = String.fromCharCode(code);
  if (/[0-9]/.test(char)) CLASSES[code] = DIGIT;
  else if (/[a-f]/i.test(char)) CLASSES[code] = HEX;
  else if (/[a-z]/i.test(char)) CLASSES[code] = LETTER;
  else if (code <= 32) CLASSES[code] = SPACE;
  else if (/[,;:=()[\]{}<>|?&]/.test(char)) CLASSES[code] = DELIMITER;
  else if (/["'`]/.test(char)) CLASSES[code] = QUOTE;
  else if (/[/\\]/.test(char)) CLASSES[code] = SLASH;
  else CLASSES[code] = SIGN;
}

/** A byte that is no more than this stands for a space. */
export const BLANK = 32;

/** What stands between the numbers of a date, a size or a list. */
export const JOINERS = new Uint8Array(256);
for (const char of ':,/-+x') JOINERS[char.charCodeAt(0)] = 1;
export const METHODS = wordSet('GET POST PUT DELETE HEAD PATCH OPTIONS');
export const MONTHS_AND_DAYS = wordSet('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun');
/** The longest of either. */
export const LONGEST_WORD = 7;

/** Of words of at most seven letters of ASCII, by their letters as one number. */
function wordSet(words: string): ReadonlySet<number> {
  return new Set(words.split(' ').map((word) => [...word].reduce((sum, char) => sum * 128 + char.charCodeAt(0), 0)));
}

/** Whether the bytes from `from` to `to` are one of the words. */
export function isOneOf(words: ReadonlySet<number>, bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > LONGEST_WORD) return false;
  let sum = 0;
  for (let at = from; at < to; at += 1) {
    if (bytes[at]! > 127) return false;
    sum = sum * 128 + bytes[at]!;
  }
  return words.has(sum);
}
