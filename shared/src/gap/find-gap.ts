// Between what the system charges and what the program counts of its own objects: memory that was freed inside and not given back
// (a sparse or fragmented heap, an allocator that keeps), or that the program's count never held (buffers, threads, native leaks).
//
// What is counted is known at the program's prints alone; between two of them it is taken to go straight, after the last one to
// stay. A collection's "before" holds dead objects too. Numbers of one process stand against the RSS of the whole job.

/** Epoch ms, ascending; bytes, NaN where nothing was measured. */
export interface Curve {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

export interface GapThere {
  readonly fromMs: number;
  readonly toMs: number;
  readonly chargedBytes: number;
  readonly countedBytes: number;
  /** Charged minus counted. */
  readonly gapBytes: number;
}

export interface Gap {
  /** At the highest charge; from and to are one instant. */
  readonly peak: GapThere;
  /** Medians where memory was kept back, else over the last tenth of the run. */
  readonly rest: GapThere;
  /** After the peak the program's objects went and their memory stayed. */
  readonly keptBack: boolean;
}

/** The end of a run, as a share of it. */
const LAST = 0.1;
/** For this share of the run memory must be kept back. This one and the next were chosen on the 18 runs of the heap_gap samples. */
const KEPT_FOR = 0.06;
/** Stretches that are looked at. */
const STEPS = 60;
/** A stretch whose charge moves more than this share of the peak is no rest. */
const STEADY = 0.1;
/** The program counts less than this share of what it counted at most before, while ... */
const FREED = 0.5;
/** ... this share of the highest charge is charged and not counted. */
const KEPT = 0.5;
/** Runtimes and libraries take as much by themselves. Unit: bytes. */
const OWN_BYTES = 32 * 1024 * 1024;

/** Null when either was measured less than twice, or they do not meet at the peak. */
export function findGap(charged: Curve, counted: Curve): Gap | null {
  const system = measured(charged);
  const program = measured(counted);
  if (system.times.length < 2 || program.times.length < 2) return null;
  const top = highest(system.values);
  const peakMs = system.times[top]!;
  const peak = there(system, program, peakMs, peakMs);
  if (peak === null) return null;
  const kept = keptBack(system, program, peakMs, peak.chargedBytes);
  return { peak, rest: kept ?? atTheEnd(system, program) ?? peak, keptBack: kept !== null };
}

/** The steady stretch after the peak with the widest gap that objects left behind; null without one. */
function keptBack(system: Curve, program: Curve, peakMs: number, peakBytes: number): GapThere | null {
  const endMs = lastAlive(system);
  const width = KEPT_FOR * (endMs - system.times[0]!);
  let best: GapThere | null = null;
  for (let step = 0; step <= STEPS; step += 1) {
    const at = peakMs + ((endMs - width - peakMs) * step) / STEPS;
    if (at < peakMs) break;
    const [low, high] = range(system, at, at + width);
    const here = high - low <= STEADY * peakBytes ? there(system, program, at, at + width) : null;
    if (here === null || here.gapBytes <= Math.max(KEPT * peakBytes, OWN_BYTES)) continue;
    const before = program.values.subarray(0, firstFrom(program.times, at));
    if (before.length === 0 || here.countedBytes >= FREED * before[highest(before)]!) continue;
    if (best === null || here.gapBytes > best.gapBytes) best = here;
  }
  return best;
}

/** The last tenth of the run. */
function atTheEnd(system: Curve, program: Curve): GapThere | null {
  const endMs = lastAlive(system);
  return there(system, program, endMs - LAST * (endMs - system.times[0]!), endMs);
}

/** Medians over a stretch; the values of an instant. */
function there(system: Curve, program: Curve, fromMs: number, toMs: number): GapThere | null {
  const chargedHere: number[] = [];
  const countedHere: number[] = [];
  for (let i = firstFrom(system.times, fromMs); i < system.times.length && system.times[i]! <= toMs; i += 1) {
    const known = valueAt(program, system.times[i]!);
    if (known === null) continue;
    chargedHere.push(system.values[i]!);
    countedHere.push(known);
  }
  if (chargedHere.length === 0) return null;
  const chargedBytes = median(chargedHere);
  const countedBytes = median(countedHere);
  return { fromMs, toMs, chargedBytes, countedBytes, gapBytes: chargedBytes - countedBytes };
}

/** Straight between two readings, the last one after it; null before the first. */
export function valueAt({ times, values }: Curve, timeMs: number): number | null {
  // The last reading at or before the instant: of a collection the heap behind it.
  let next = firstFrom(times, timeMs);
  while (next < times.length && times[next] === timeMs) next += 1;
  if (next === 0) return null;
  if (next === times.length || times[next - 1] === timeMs) return values[next - 1]!;
  const share = (timeMs - times[next - 1]!) / (times[next]! - times[next - 1]!);
  return values[next - 1]! + share * (values[next]! - values[next - 1]!);
}

/** The end of what was charged: a job that is gone is charged nothing. */
function lastAlive({ times, values }: Curve): number {
  const at = values.findLastIndex((value) => value > 0);
  return times[at < 0 ? times.length - 1 : at]!;
}

function measured({ times, values }: Curve): Curve {
  const there = Array.from(values, (value, i) => (Number.isNaN(value) ? -1 : i)).filter((i) => i >= 0);
  return { times: Float64Array.from(there, (i) => times[i]!), values: Float64Array.from(there, (i) => values[i]!) };
}

function highest(values: Float64Array): number {
  let top = 0;
  for (let i = 1; i < values.length; i += 1) if (values[i]! > values[top]!) top = i;
  return top;
}

function range({ times, values }: Curve, fromMs: number, toMs: number): [number, number] {
  let low = Number.NaN;
  let high = Number.NaN;
  for (let i = firstFrom(times, fromMs); i < times.length && times[i]! <= toMs; i += 1) {
    if (!(values[i]! >= low)) low = values[i]!;
    if (!(values[i]! <= high)) high = values[i]!;
  }
  return [low, high];
}

function firstFrom(times: Float64Array, timeMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
