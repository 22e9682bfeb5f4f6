/** Raised on purpose, about something outside the program. Anything else that escapes is a bug. */
export abstract class TidemarkError extends Error {
  /** Written out, not taken from the class: minified client code renames classes. */
  abstract override readonly name: string;
  /** What the person can do about it; one sentence, shown after the facts. */
  readonly advice: string | null = null;
}

/** A recording or CSV that cannot be read. `where` is "file:line", lines counted from 1, or the file alone. */
export class RecordingFormatError extends TidemarkError {
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
  override readonly name = 'UnavailableError';
  override readonly advice: string | null;
  constructor(message: string, advice: string | null = null, options?: ErrorOptions) {
    super(message, options);
    this.advice = advice;
  }
}

/** The command line was not understood: exit 2. */
export class UsageError extends TidemarkError {
  override readonly name = 'UsageError';
  override readonly advice: string | null;
  constructor(message: string, advice: string | null = null) {
    super(message);
    this.advice = advice;
  }
}
