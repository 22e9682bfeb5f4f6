// What memory was at the instants of some log lines, from a few bounded windows. Between two samples it is read off the straight
// line that the graph draws between them; across a gap and beyond the samples it is not known.

/** One answer: the samples of a span, one more beyond each edge. */
export interface Samples {
  /** Every sample of the span is there. */
  readonly exact: boolean;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** More windows than this are not asked for: what is then left is read off thinned samples. */
export const MOST_WINDOWS = 12;

/**
 * The value at each instant, NaN where it is not known. `instants` ascend.
 *
 * Lines come in bursts with hours between them: where a window over all of them would be thinned, it is cut where they lie the
 * furthest apart.
 */
export async function valuesAt(
  instants: Float64Array,
  ask: (fromMs: number, toMs: number) => Promise<Samples>,
): Promise<Float64Array> {
  const out = new Float64Array(instants.length).fill(Number.NaN);
  const groups: [from: number, to: number][] = instants.length === 0 ? [] : [[0, instants.length - 1]];
  for (let asked = 0; groups.length > 0; asked += 1) {
    const [from, to] = groups.shift() as [number, number];
    const samples = await ask(instants[from] as number, instants[to] as number);
    const cut = samples.exact || asked + groups.length + 3 > MOST_WINDOWS ? from : widestGap(instants, from, to);
    if (cut === from) for (let i = from; i <= to; i += 1) out[i] = valueAt(samples, instants[i] as number);
    else groups.push([from, cut - 1], [cut, to]);
  }
  return out;
}

/** The first of those behind the widest gap; `from` when they are all one instant. */
function widestGap(instants: Float64Array, from: number, to: number): number {
  let cut = from;
  let widest = 0;
  for (let i = from + 1; i <= to; i += 1) {
    const gap = (instants[i] as number) - (instants[i - 1] as number);
    if (gap > widest) {
      widest = gap;
      cut = i;
    }
  }
  return cut;
}

export function valueAt({ times, values }: Pick<Samples, 'times' | 'values'>, timeMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= timeMs) low = middle + 1;
    else high = middle;
  }
  const before = low - 1;
  if (before < 0) return Number.NaN;
  const start = times[before] as number;
  const value = values[before] as number;
  if (start === timeMs || low === times.length) return start === timeMs ? value : Number.NaN;
  const share = (timeMs - start) / ((times[low] as number) - start);
  return value + share * ((values[low] as number) - value);
}
