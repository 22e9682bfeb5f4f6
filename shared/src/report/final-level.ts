// Where memory stood at the end. A process that exits gives its memory back piece by piece, and the samples of those moments are of
// no level: with some gigabytes the last one may be anything between all and nothing.

/** Samples further apart than this tell levels, however they fall. Unit: ms. */
const CLOSE_MS = 2000;
/** So much of the end has to be looked at, before the last value above 0. Unit: ms. */
export const LOOKED_BACK_MS = 8000;
/** So long a process may take to give its memory back; a longer fall is the job's own. Unit: ms. */
const LONGEST_MS = 5000;
/** From one sample to the next it goes down by at least this share. */
const FALLING = 0.002;
/** A fall that comes to less than this share is none. */
const LEAST_FALL = 0.1;

/**
 * The last value above 0, or, when samples close together fall up to it, the one that they fall from: after it the job was gone. 0 when
 * no value is above 0. `times` are ms in ascending order; NaN was not measured.
 */
export function finalLevel(times: ArrayLike<number>, values: ArrayLike<number>): number {
  const last = lastAbove0(values, values.length);
  if (last < 0) return 0;
  let top = last;
  for (;;) {
    const before = lastAbove0(values, top);
    if (before < 0 || !(values[before]! * (1 - FALLING) > values[top]!)) break;
    if (times[top]! - times[before]! > CLOSE_MS) break;
    if (times[last]! - times[before]! > LONGEST_MS) return values[last]!;
    top = before;
  }
  return values[last]! < values[top]! * (1 - LEAST_FALL) ? values[top]! : values[last]!;
}

function lastAbove0(values: ArrayLike<number>, end: number): number {
  let at = end - 1;
  while (at >= 0 && !(values[at]! > 0)) at--;
  return at;
}
