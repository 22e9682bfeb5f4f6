// Where memory stood at the end. A process that exits gives its memory back piece by piece, and the samples of those moments are of
// no level: with some gigabytes the last one may be anything between all and nothing.

/** Samples further apart than this tell levels, however they fall. Unit: ms. */
const CLOSE_MS = 2000;
/** So much of the end has to be looked at, before the last value above 0. Unit: ms. */
export const LOOKED_BACK_MS = 8000;
/** So long a process may take to give its memory back; a longer fall is the job's own. Unit: ms. */
const LONGEST_MS = 5000;
/** What changes by less than this share from one sample to the next stands. */
const STANDING = 0.002;
/** Where memory stood for so long it stood on purpose: an exit in stages is through with each sooner. Unit: ms. */
const LEVEL_MS = 500;
/** So long before the fall there must have been this share of what it falls from; else that was the top of a spike. */
const LEVEL_SHARE = 0.75;
/** A fall that comes to less than this share is none. */
const LEAST_FALL = 0.1;

/**
 * The last value above 0, or, when samples close together fall up to it from a level, that level: after it the job was gone. 0 when no value
 * is above 0. `times` are ms in ascending order; NaN was not measured.
 */
export function finalLevel(times: ArrayLike<number>, values: ArrayLike<number>): number {
  const last = lastAbove0(values, values.length);
  if (last < 0) return 0;
  const end = values[last]!;
  let top = last;
  for (let at = last; ; ) {
    const before = lastAbove0(values, at);
    if (before < 0 || values[before]! < values[at]! * (1 - STANDING)) break;
    if (times[at]! - times[before]! > CLOSE_MS) break;
    const falls = values[before]! * (1 - STANDING) > values[at]!;
    // The fall goes on up from here, unless it stood here for a while.
    if (times[top]! - times[falls ? at : before]! >= LEVEL_MS) break;
    if (falls && times[last]! - times[before]! > LONGEST_MS) return end;
    if (falls) top = before;
    at = before;
  }
  if (end >= values[top]! * (1 - LEAST_FALL)) return end;
  let earlier = top;
  while (earlier > 0 && times[top]! - times[earlier]! < LEVEL_MS) earlier = lastAbove0(values, earlier);
  return earlier >= 0 && values[earlier]! >= LEVEL_SHARE * values[top]! ? values[top]! : end;
}

function lastAbove0(values: ArrayLike<number>, end: number): number {
  let at = end - 1;
  while (at >= 0 && !(values[at]! > 0)) at--;
  return at;
}
