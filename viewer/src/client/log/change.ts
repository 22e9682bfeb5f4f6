// The change of memory from one line's instant to the next: what of it is worth showing, and how large. Pure.
import { formatBytesChange } from '@tidemark/shared/words/bytes.js';

/** Below this nothing is said, whatever the range: pages come and go. Unit: bytes. */
const LEAST_BYTES = 64 * 1024;
/** Shares of what the column ranges over: below the first is noise, from the second on it is large. */
const NOISE = 0.002;
const LARGE = 0.05;

export interface Change {
  /** "+53.0 MiB"; "·" for what is no more than noise. */
  readonly text: string;
  readonly kind: 'noise' | 'up' | 'down';
  readonly large: boolean;
  /** Length of its bar: 0 to 1, relative to the range. */
  readonly share: number;
}

/** Null where one of the two is not known. `rangeBytes` is between the column's lowest and highest value. */
export function changeOf(before: number | undefined, now: number | undefined, rangeBytes: number): Change | null {
  const by = (now ?? Number.NaN) - (before ?? Number.NaN);
  if (Number.isNaN(by)) return null;
  const size = Math.abs(by);
  if (size < Math.max(LEAST_BYTES, NOISE * rangeBytes)) return { text: '·', kind: 'noise', large: false, share: 0 };
  return {
    text: formatBytesChange(by),
    kind: by > 0 ? 'up' : 'down',
    large: size >= LARGE * rangeBytes,
    share: Math.min(1, size / Math.max(1, rangeBytes)),
  };
}
