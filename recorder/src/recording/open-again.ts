// How files of ours are opened. Always to append: what somebody cuts short under us (to make room on a full disk) then has no hole of zeros before our next
// line, which would make all of it unreadable.
//
// `openAgain`: a file of ours whose descriptor was given up because its file system turned read-only or failed. An open file would hold up the unmounting that mends it;
// what is mounted there afterwards is reached by the path only.
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

const { O_RDWR, O_APPEND, O_CREAT, O_EXCL, O_TRUNC } = constants;
/** For a file that must not exist; that must exist; that is made empty. */
export const TO_BEGIN = O_RDWR | O_APPEND | O_CREAT | O_EXCL;
export const TO_GO_ON = O_RDWR | O_APPEND;
export const TO_MAKE_EMPTY = O_RDWR | O_APPEND | O_CREAT | O_TRUNC;

const NEWLINE = 0x0a;
const PIECE = 64 * 1024;

/** What is known of the file that it was. */
export interface KnownFile {
  readonly inode: number;
  /** Where its last whole line ended. Bytes. */
  readonly end: number;
}

/**
 * The file at `path`, open for writing, and where its last whole line ends now: earlier than it did where the disk had not got all of it. What is behind that is
 * cut off. Null while it cannot be written, is not there, or is another file: that one is not ours.
 */
export function openAgain(path: string, known: KnownFile): { readonly fd: number; readonly end: number } | null {
  let fd = -1;
  try {
    fd = openSync(path, TO_GO_ON);
    const { ino, size } = fstatSync(fd);
    // Some network file systems number their files anew: one that is as long as ours is ours.
    if (ino !== known.inode && size !== known.end) throw new Error('another file');
    const end = wholeLines(fd, Math.min(size, known.end));
    if (end < size) ftruncateSync(fd, end);
    return { fd, end };
  } catch {
    if (fd >= 0) closeSync(fd);
    return null;
  }
}

/** Where the last line that ends before `size` ends. */
function wholeLines(fd: number, size: number): number {
  const piece = Buffer.allocUnsafe(PIECE);
  for (let to = size; to > 0; to -= PIECE) {
    const from = Math.max(0, to - PIECE);
    const length = readSync(fd, piece, 0, to - from, from);
    const newline = piece.subarray(0, length).lastIndexOf(NEWLINE);
    if (newline >= 0) return from + newline + 1;
  }
  return 0;
}
