// Words that a POSIX shell reads back exactly as they are.

export function shellQuoted(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A command line that a person can paste. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellQuoted).join(' ');
}
