// Sends what was written to the disk while nobody waits for it, and closes a descriptor only when nothing is on its way through it any more: both may take
// long, and are done off this thread.
import { close, fdatasync } from 'node:fs';
import { errorCode } from '../sampling/kernel-file.js';

/** How often written bytes are sent while there is no hurry, and while there is. */
const EVERY_MS = 5000;
const HURRIED_MS = 1000;

export class DiskSync {
  #sentMs = Number.NEGATIVE_INFINITY;
  #sending = false;
  #closing: number | null = null;

  /** `onTrouble` is told the code when the disk did not take what had been written: it may be lost when the machine stops. */
  constructor(readonly onTrouble: (code: string) => void = () => {}) {}

  /** Sends what was written through `fd`, when it is time. `hurry`: the machine may stop soon. */
  send(fd: number, now: number, hurry: boolean): void {
    if (this.#sending || now - this.#sentMs < (hurry ? HURRIED_MS : EVERY_MS)) return;
    this.#sending = true;
    this.#sentMs = now;
    fdatasync(fd, (error) => {
      this.#sending = false;
      if (error !== null && errorCode(error) === 'EIO') this.onTrouble('EIO');
      const closing = this.#closing;
      this.#closing = null;
      if (closing !== null) close(closing, () => {});
    });
  }

  /** Sends the rest and closes. */
  sendAndClose(fd: number): void {
    if (!this.#closesLater(fd)) fdatasync(fd, () => close(fd, () => {}));
  }

  /** The kernel sends the rest when it likes. */
  close(fd: number): void {
    if (!this.#closesLater(fd)) close(fd, () => {});
  }

  #closesLater(fd: number): boolean {
    if (!this.#sending || this.#closing !== null) return false;
    this.#closing = fd;
    return true;
  }
}
