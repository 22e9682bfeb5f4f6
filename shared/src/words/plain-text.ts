// Text from a log or a command line, fit for one line of a terminal or a document.

/** Control characters, line breaks and marks that turn the writing direction: none of them may steer what shows the text. */
const STEERING = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;
/** Colours and the like, as a terminal takes them. */
const ANSI = /\u001b\[[0-?]*[ -/]*[@-~]/g;

/** One line, without what would steer a terminal. */
export function plainText(text: string): string {
  return text.replace(ANSI, '').replace(STEERING, ' ').trim();
}

/** At most `most` characters, the last one an ellipsis when something was cut; no half of a surrogate pair. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
