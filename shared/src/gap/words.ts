// The gap in sentences. What is charged is the system's word, what is counted the program's.
import { formatBytes } from '../words/bytes.js';
import type { Gap, GapThere } from './find-gap.js';

/** One sentence for the peak and one for rest. `counted` names the figure: "V8 heap". */
export function gapInWords(
  { peak, rest, keptBack }: Gap,
  counted: string,
): { readonly peak: string; readonly rest: string } {
  return {
    peak: `At the peak the program counted ${formatBytes(peak.countedBytes)} of its own objects (${counted}) while the system saw ${formatBytes(peak.chargedBytes)}.`,
    rest: keptBack
      ? `Later it counted ${formatBytes(rest.countedBytes)} while ${formatBytes(rest.chargedBytes)} stayed charged: memory was freed inside the program and not given back.`
      : `In the end it counted ${formatBytes(rest.countedBytes)} of ${formatBytes(rest.chargedBytes)}${outside(rest)}.`,
  };
}

/** Twice what is counted: the story is elsewhere. */
function outside({ chargedBytes, countedBytes }: GapThere): string {
  return chargedBytes > 2 * countedBytes ? '; the rest is memory that its count does not hold' : '';
}
