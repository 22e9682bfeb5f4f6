// The zone of stamps that state none, concluded from when their lines arrived.

const QUARTER_HOUR = 900_000;
/** Civil zones lie within 14 h of UTC; a little more for buffering. */
const WIDEST = 14.5 * 3_600_000;

/**
 * ms that wall time is ahead of UTC, from pairs of wall time (as if UTC) and arrival; null when they do not belong together:
 * a program that prints the stamps of something older is not dated by them.
 *
 * A line arrives after it was stamped, block-buffered ones by minutes, so the smallest delays are the true ones. The median
 * would be wrong for a job that is buffered throughout; a low quantile bears a few lines that are out of order.
 */
export function zoneFromArrival(pairs: readonly { readonly wall: number; readonly arrival: number }[]): number | null {
  if (pairs.length === 0) return null;
  const ahead = pairs.map(({ wall, arrival }) => wall - arrival).sort((a, b) => b - a);
  const typical = ahead[Math.floor(ahead.length * 0.1)]!;
  // A stamp of whole seconds, or a clock that is read before the line is written, lies a little before its arrival.
  const offset = Math.round(typical / QUARTER_HOUR) * QUARTER_HOUR;
  if (Math.abs(offset) > WIDEST) return null;
  // Most lines must be at most an hour behind: buffers are not larger than that.
  const close = ahead.filter((value) => value <= offset + QUARTER_HOUR / 2 && value >= offset - 3_600_000).length;
  return close >= 0.5 * pairs.length ? offset + 0 : null;
}
