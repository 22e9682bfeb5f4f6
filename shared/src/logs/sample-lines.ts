// A sample of a file's lines from all over it, in its order: enough to find out how the file is stamped.
import type { ByteSource } from '../bytes.js';
import { type Captured, readCaptured, startCaptured } from './captured-lines.js';
import { LineSplitter } from './split-lines.js';

const HEAD_BYTES = 384 * 1024;
const PART_BYTES = 48 * 1024;
const HEAD_LINES = 500;
const PART_LINES = 120;
/** Where parts are taken from, as shares of the file, beside its beginning. */
const PARTS = [0.25, 0.5, 0.75, 1];

export interface SampleLines {
  /** What the job wrote, without the recorder's prefix. */
  readonly texts: readonly string[];
  /** Arrival of each line, epoch ms; NaN for a log file. */
  readonly arrivals: readonly number[];
}

export async function sampleLines(source: ByteSource, size: number, captured: boolean): Promise<SampleLines> {
  const texts: string[] = [];
  const arrivals: number[] = [];
  const take = async (from: number, to: number, most: number, spread: boolean): Promise<void> => {
    const bytes = await source.read(from, to);
    const splitter = new LineSplitter(from);
    const state = startCaptured();
    const piece: Captured = { arrival: Number.NaN, stream: 0, textFrom: 0, rest: false };
    const lines: { text: string; arrival: number }[] = [];
    let first = from > 0; // begins somewhere inside a line
    const visit = (line: Parameters<Parameters<LineSplitter['push']>[1]>[0]): boolean => {
      if (first) {
        first = false;
        return true;
      }
      let textFrom = line.from;
      if (captured) {
        readCaptured(line, state, piece);
        if (piece.rest || Number.isNaN(piece.arrival)) return true;
        textFrom = piece.textFrom;
      }
      lines.push({ text: line.text(textFrom, line.to), arrival: captured ? piece.arrival : Number.NaN });
      return spread || lines.length < most;
    };
    if (splitter.push(bytes, visit) && to >= size) splitter.flush(visit);
    // The first half as it stands (traceback and all), then every n-th.
    const whole = Math.min(lines.length, spread ? Math.ceil(most * 0.6) : most);
    const step = Math.max(1, (lines.length - whole) / (most - whole || 1));
    for (let at = 0; at < whole; at += 1) add(lines[at]!);
    for (let at = whole; at < lines.length; at += step) add(lines[Math.floor(at)]!);
  };
  const add = (line: { text: string; arrival: number }): void => {
    texts.push(line.text);
    arrivals.push(line.arrival);
  };
  await take(0, Math.min(size, HEAD_BYTES), HEAD_LINES, true);
  if (size > HEAD_BYTES) {
    for (const share of PARTS) {
      const to = Math.floor(HEAD_BYTES + share * (size - HEAD_BYTES));
      await take(Math.max(HEAD_BYTES, to - PART_BYTES), to, PART_LINES, false);
    }
  }
  return { texts, arrivals };
}
