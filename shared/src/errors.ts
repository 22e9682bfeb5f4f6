// The command, the recorder and the viewer are bundled apart, each with its own copy of these classes; an error that crosses
// from one to another must still be known for what it is. So `instanceof` goes by this mark and the class's `kind`.
const MARK = Symbol.for('tidemark.error');

/** Raised on purpose, about something outside the program. Anything else that escapes is a bug. */
export abstract class TidemarkError extends Error {
  /** Own to each class that is asked for across bundles; equals `name`. */
  static readonly kind: string = 'TidemarkError';
  readonly [MARK] = true;
  /** Written out, not taken from the class: minified client code renames classes. */
  abstract override readonly name: string;
  /** What the person can do about it; one sentence, shown after the facts. */
  readonly advice: string | null = null;

  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore-start lint/complexity/noThisInStatic: the class that stands right of instanceof, not this one
    if (Function.prototype[Symbol.hasInstance].call(this, value)) return true;
    if (typeof value !== 'object' || value === null || !(MARK in value)) return false;
    return this === TidemarkError || (Object.hasOwn(this, 'kind') && this.kind === (value as { name?: unknown }).name);
    // biome-ignore-end lint/complexity/noThisInStatic: as above
  }
}

/** A recording or CSV that cannot be read. `where` is "file:line", lines counted from 1, or the file alone. */
export class RecordingFormatError extends TidemarkError {
  static override readonly kind = 'RecordingFormatError';
  override readonly name = 'RecordingFormatError';
  override readonly advice: string | null;
  constructor(
    readonly where: string,
    expected: string,
    found: string,
    advice: string | null = null,
  ) {
    super(`${where}: expected ${expected}, found ${found}`);
    this.advice = advice;
  }
}

/** Something that was asked for is not there, or may not be used. `code` is the exit code that says so. */
export class UnavailableError extends TidemarkError {
  static override readonly kind = 'UnavailableError';
  override readonly name = 'UnavailableError';
  override readonly advice: string | null;
  constructor(message: string, advice: string | null = null, options?: ErrorOptions) {
    super(message, options);
    this.advice = advice;
  }
}

/** The command line was not understood: exit 2. */
export class UsageError extends TidemarkError {
  static override readonly kind = 'UsageError';
  override readonly name = 'UsageError';
  override readonly advice: string | null;
  constructor(message: string, advice: string | null = null) {
    super(message);
    this.advice = advice;
  }
}
