// events.csv: every event is one append, so that `tidemark mark` in another process can add to it. Events that cannot be written wait.
// They are few: the file is opened for each, and never in the way of somebody who unmounts what it lies on.
import {
  close,
  closeSync,
  constants,
  existsSync,
  fdatasync,
  fstatSync,
  ftruncateSync,
  openSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { EVENTS_HEADER, eventLine } from '@tidemark/shared/recording/events.js';
import type { EventKind } from '@tidemark/shared/recording/recording.js';
import { errorCode } from '../sampling/kernel-file.js';
import { mendRecords } from './mend.js';
import { say, sayOnce, wasSaid } from './say.js';
import { takeAway } from './take-away.js';
import { inWords, isLasting } from './trouble.js';

/** The oldest go when more than this wait. */
const MOST_WAITING = 1000;

export class EventFile {
  readonly #device: number;
  #waiting: string[] = [];
  /** Its file system failed: what had not reached the disk may have been cut anywhere. */
  #torn = false;

  /** Begins a file that must not exist, or adds to one that was mended. Throws the system's error. */
  constructor(
    readonly path: string,
    resumed = false,
  ) {
    const fd = openSync(path, resumed ? 'a' : 'ax');
    this.#device = fstatSync(fd).dev;
    if (fstatSync(fd).size === 0) this.#waiting.push(EVENTS_HEADER);
    try {
      this.#write(fd);
    } catch (error) {
      if (!resumed) takeAway(path);
      throw error;
    }
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
      if (this.#torn) {
        mendRecords(this.path);
        this.#torn = false;
      }
      const fd = this.#open();
      if (fstatSync(fd).size === 0) this.#waiting.unshift(EVENTS_HEADER);
      this.#write(fd);
    } catch (error) {
      const code = errorCode(error);
      this.#torn ||= isLasting(code);
      // Where samples wait already, events that wait as well are no news.
      if (!wasSaid('rows'))
        sayOnce(
          'events',
          `cannot write ${this.path}: ${inWords(code || String(error))}. Recording goes on, events wait.`,
        );
    }
  }

  close(): void {
    this.retry();
    const lost = this.#waiting.length;
    if (lost > 0)
      say(
        `tidemark: ${this.path} was not written to its end: ${lost === 1 ? '1 event is' : `${lost} events are`} lost`,
      );
  }

  /** A file that was removed is begun anew, but not in another file system: that may be the folder below one that is unmounted at the moment. */
  #open(): number {
    const there = existsSync(this.path) || statSync(dirname(this.path)).dev !== this.#device;
    return openSync(this.path, constants.O_WRONLY | constants.O_APPEND | (there ? 0 : constants.O_CREAT));
  }

  #write(fd: number): void {
    try {
      for (let line = this.#waiting[0]; line !== undefined; line = this.#waiting[0]) {
        append(fd, line);
        this.#waiting.shift();
      }
    } finally {
      // What happened is wanted most when the machine has stopped.
      fdatasync(fd, () => close(fd, () => {}));
    }
  }
}

/** The whole line or none of it: a half one would swallow the next. */
function append(fd: number, line: string): void {
  const bytes = Buffer.from(line);
  const written = writeSync(fd, bytes);
  if (written === bytes.length) return;
  ftruncateSync(fd, Math.max(0, fstatSync(fd).size - written));
  throw Object.assign(new Error('cut'), { code: 'ENOSPC' });
}

/** Appends one event to the events.csv of a recording that another process writes. Throws the system's error. */
export function appendEvent(path: string, kind: EventKind, text: string, timeMs = Date.now()): void {
  const fd = openSync(path, 'a');
  try {
    // Somebody may have removed it: the recorder would not see that it has no header.
    const header = fstatSync(fd).size === 0 ? EVENTS_HEADER : '';
    append(fd, header + eventLine({ timeMs, kind, text }));
  } finally {
    closeSync(fd);
  }
}
