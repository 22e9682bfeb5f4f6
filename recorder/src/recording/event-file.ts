// events.csv: every event is one append, so that `tidemark mark` in another process can add to it. Events that cannot be written wait.
import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { EVENTS_HEADER, eventLine } from '@tidemark/shared/recording/events.js';
import type { EventKind } from '@tidemark/shared/recording/recording.js';
import { errorCode } from '../sampling/kernel-file.js';
import { sayOnce } from './say.js';

/** The oldest go when more than this wait. */
const MOST_WAITING = 1000;

export class EventFile {
  #fd: number;
  #waiting: string[] = [];

  /** Begins a file that must not exist, or adds to one that was mended. Throws the system's error. */
  constructor(
    readonly path: string,
    resumed = false,
  ) {
    this.#fd = openSync(path, resumed ? 'a' : 'ax');
    if (fstatSync(this.#fd).size === 0) this.#append(EVENTS_HEADER);
  }

  add(kind: EventKind, text: string, timeMs = Date.now()): void {
    this.#waiting.push(eventLine({ timeMs, kind, text }));
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    this.retry();
  }

  /** Writes what waits, if anything does. */
  retry(): void {
    if (this.#waiting.length === 0) return;
    try {
      if (fstatSync(this.#fd).nlink === 0) this.#beginAnew();
      for (let line = this.#waiting[0]; line !== undefined; line = this.#waiting[0]) {
        this.#append(line);
        this.#waiting.shift();
      }
    } catch (error) {
      sayOnce('events', `cannot write ${this.path} (${errorCode(error)}); recording goes on, events wait in memory`);
    }
  }

  close(): void {
    this.retry();
    closeSync(this.#fd);
  }

  /** It was removed, and takes every write without an error. */
  #beginAnew(): void {
    const fresh = openSync(this.path, 'a');
    closeSync(this.#fd);
    this.#fd = fresh;
    if (fstatSync(fresh).size === 0) this.#append(EVENTS_HEADER);
  }

  /** The whole line or none of it: a half one would swallow the next. */
  #append(line: string): void {
    const bytes = Buffer.from(line);
    const written = writeSync(this.#fd, bytes);
    if (written === bytes.length) return;
    ftruncateSync(this.#fd, Math.max(0, fstatSync(this.#fd).size - written));
    throw Object.assign(new Error('cut'), { code: 'ENOSPC' });
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
