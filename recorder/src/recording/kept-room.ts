// Room that is taken while there is some and given back just before the end is written: a disk that is full by then takes recording.json all the same.
// A file without a name holds it, which goes by itself with a recorder that is killed.
import { closeSync, openSync, writeSync } from 'node:fs';
import { takeAway } from './take-away.js';

/** A recording.json with a kill in it has 8 KB, and what else is said at the end must fit as well. Unit: bytes. */
const ROOM = 32 * 1024;

/** Takes the room by way of a file at `path`, a name that is free. Returns how to give it back; without room for it there is nothing to give. */
export function keepRoom(path: string): () => void {
  let fd: number | null = null;
  const giveBack = (): void => {
    if (fd !== null) closeSync(fd);
    fd = null;
  };
  try {
    fd = openSync(path, 'w');
    // No zeros: some file systems store none.
    if (writeSync(fd, Buffer.alloc(ROOM, 'room')) < ROOM) giveBack();
  } catch {
    giveBack();
  }
  takeAway(path);
  return giveBack;
}
