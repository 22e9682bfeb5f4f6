// Whether a log is what a recorder captured (output.log), whatever it is called now and wherever it lies.
import type { ByteSource } from '../bytes.js';
import { readOutputPrefix } from '../recording/output-line.js';

const ENOUGH = 64;

/** Looks at the first line only. Throws what the source throws. */
export async function isCaptured(source: ByteSource): Promise<boolean> {
  const head = await source.read(0, Math.min(ENOUGH, await source.size()));
  const feed = head.indexOf(10);
  return readOutputPrefix(head, 0, feed < 0 ? head.length : feed) !== null;
}
