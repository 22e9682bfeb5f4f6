// The last lines that the job wrote: from the end of output.log, or of a log that it writes itself.
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { isSameInstant, type OutputPrefix, readOutputPrefix } from '@tidemark/shared/recording/output-line.js';
import type { OomInfo } from '@tidemark/shared/recording/recording.js';

const LINES = 10;
const TAIL_BYTES = 64 * 1024;
/** A longer line is cut: this is a hint, the whole is in output.log. */
const LINE_BYTES = 400;

/** Empty when the file is not there or has nothing. A line that was not finished counts as one. */
export function outputTail(path: string): OomInfo['output'] {
  const lines: OomInfo['output'] = [];
  const bytes = tailOf(path);
  let above: OutputPrefix | null = null;
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, from);
    const to = newline < 0 ? bytes.length : newline;
    const short: boolean = isSameInstant(bytes, from, to);
    const prefix: OutputPrefix | null = short ? above : readOutputPrefix(bytes, from, to);
    // Before the first prefix stands what the tail cut in two.
    if (prefix !== null) {
      const textFrom = short ? from + 1 : prefix.textFrom;
      const text = bytes.toString('utf8', textFrom, Math.min(to, textFrom + LINE_BYTES));
      lines.push({ time: new Date(prefix.timeMs).toISOString(), stream: prefix.stream, text });
      above = prefix;
    }
    from = to + 1;
  }
  return lines.slice(-LINES);
}

/** The last lines of any text file; empty when it is not there. A line that was not finished counts as one. */
export function logTail(path: string): string[] {
  const bytes = tailOf(path);
  const lines = bytes.toString('utf8').split('\n');
  // What the tail cut in two is left out, and so is what follows the last newline.
  if (bytes.length === TAIL_BYTES) lines.shift();
  if (lines.at(-1) === '') lines.pop();
  return lines.slice(-LINES).map((line) => cut(line.replace(/\r$/, '')));
}

/** By letters, not bytes: none is cut in two. */
function cut(line: string): string {
  return line.length <= LINE_BYTES ? line : line.slice(0, LINE_BYTES);
}

function tailOf(path: string): Buffer {
  let fd: number;
  try {
    // Opening a named pipe would wait for its writer.
    if (!statSync(path).isFile()) return Buffer.alloc(0);
    fd = openSync(path, 'r');
  } catch {
    return Buffer.alloc(0);
  }
  try {
    const { size } = fstatSync(fd);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, Math.max(0, size - bytes.length)));
  } catch {
    return Buffer.alloc(0);
  } finally {
    closeSync(fd);
  }
}
