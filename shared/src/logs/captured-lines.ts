// The recorder's prefix on each line of output.log: when it arrived, on which stream, and whether it is the rest of a line.
import { isSameInstant, OUTPUT_STREAMS, readOutputPrefix } from '../recording/output-line.js';
import type { RawLine } from './split-lines.js';

export interface CapturedState {
  /** epoch ms of the line above; NaN before the first. */
  arrival: number;
  /** Index into OUTPUT_STREAMS. */
  stream: number;
  /** Bit n is set while the last piece of stream n had no line end. */
  open: number;
}

export function startCaptured(): CapturedState {
  return { arrival: Number.NaN, stream: 0, open: 0 };
}

export interface Captured {
  arrival: number;
  stream: number;
  /** Where the job's text begins in the line's bytes. */
  textFrom: number;
  /** The rest of a line that the same stream began before. */
  rest: boolean;
}

/** Reads the prefix and moves the state on. A line without one (a cut file) is taken as it stands, with the instant above. */
export function readCaptured(line: RawLine, state: CapturedState, into: Captured): void {
  const prefix = readOutputPrefix(line.bytes, line.from, line.to);
  if (prefix) {
    state.arrival = prefix.timeMs;
    state.stream = OUTPUT_STREAMS.indexOf(prefix.stream);
    into.textFrom = prefix.textFrom;
  } else {
    into.textFrom = isSameInstant(line.bytes, line.from, line.to) ? line.from + 1 : line.from;
  }
  const bit = 1 << state.stream;
  into.arrival = state.arrival;
  into.stream = state.stream;
  into.rest = (state.open & bit) !== 0;
  state.open = prefix && !prefix.full ? state.open | bit : state.open & ~bit;
}
