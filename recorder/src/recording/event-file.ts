// events.csv: every event is one append, so that `tidemark mark` in another process can add to it.
import { closeSync, openSync, writeSync } from 'node:fs';
import { EVENTS_HEADER, eventLine } from '@tidemark/shared/recording/events.js';
import type { EventKind } from '@tidemark/shared/recording/recording.js';
import { errorCode } from '../sampling/kernel-file.js';
import { sayOnce } from './say.js';

export class EventFile {
  readonly #fd: number;
  /** A full disk cut the last line: the next one begins on a line of its own. */
  #cut = false;

  /** Opens a file that must not exist. Throws the system's error. */
  constructor(path: string) {
    this.#fd = openSync(path, 'ax');
    writeSync(this.#fd, EVENTS_HEADER);
  }

  add(kind: EventKind, text: string, timeMs = Date.now()): void {
    try {
      const line = Buffer.from(`${this.#cut ? '\n' : ''}${eventLine({ timeMs, kind, text })}`);
      this.#cut = writeSync(this.#fd, line) < line.length;
    } catch (error) {
      sayOnce('events', `cannot write events.csv (${errorCode(error)}); recording goes on`);
    }
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/** Appends one event to the events.csv of a recording that another process writes. Throws the system's error. */
export function appendEvent(path: string, kind: EventKind, text: string, timeMs = Date.now()): void {
  const fd = openSync(path, 'a');
  try {
    writeSync(fd, eventLine({ timeMs, kind, text }));
  } finally {
    closeSync(fd);
  }
}
