// What a rule of redaction is: data that carries its own proof, like a timestamp format.

export interface RedactionRule {
  /** As it is named on the command line. */
  readonly id: string;
  /** What it takes out, in the plural: "e-mail addresses". */
  readonly what: string;
  /** Global. A group named `secret` is taken out alone; without one the whole match goes. */
  readonly pattern: RegExp;
  /** A line, and what is left of it. */
  readonly examples: readonly { readonly line: string; readonly left: string }[];
  /** Lines that it must not touch. */
  readonly spares: readonly string[];
}

/** What stands in the place of what was taken out. */
export function placeholder(id: string): string {
  return `[${id}]`;
}
