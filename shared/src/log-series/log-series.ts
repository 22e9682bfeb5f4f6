// The figures that one log holds: found by themselves or asked for, read in one pass in bounded memory, and read on when the log
// has grown. Reading is work of the background; answers come from what was read so far.
import type { EntryNumbers } from '../logs/blocks.js';
import type { LogStore } from '../logs/store.js';
import { GrowingFloats } from '../series/growing.js';
import type { Extremes, SeriesWindow, Trace } from '../series/series.js';
import type { Points } from '../series/thin.js';
import type { LogClock } from '../view/data-source.js';
import type { Counts, FigureFormat, Reading } from './figure.js';
import { type FigureReader, figureReader } from './figure-reader.js';
import { FIGURES } from './figures/index.js';
import { KeptReadings } from './kept-readings.js';
import { LaidOut } from './laid-out.js';

/** What is known of one figure of one log. */
export interface LogFigure {
  /** Unique in the log: the figure's name, and behind a dot which process, from the second one on: "v8_heap.4711". */
  readonly name: string;
  readonly label: string;
  readonly counts: Counts;
  readonly meaning: string;
  /** The format that reads it; "asked:NAME" for the person's own. */
  readonly format: string;
  readonly readings: number;
  /** Of all readings, under the clock asked for. */
  readonly extremes: Extremes;
}

export interface FiguresSpan {
  readonly clock: LogClock;
  readonly names: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly pixels: number;
}

/** What reading figures needs of a log. */
export type FigureLog = Pick<LogStore, 'name' | 'generation' | 'facts' | 'find' | 'instant' | 'scanners'>;

/** A hundred workers that print make no hundred lines. */
const MOST_FIGURES = 24;
/** One reading is a point, two are a line; the person's own is shown whatever there is. */
const LEAST_READINGS = 2;
const PLAIN: LogClock = { zone: null, shiftMs: 0 };

interface Kept {
  readonly name: string;
  readonly of: Reading;
  readonly format: FigureFormat;
  readonly readings: KeptReadings;
  /** As laid out last, by clock. */
  laid: { readonly clock: string; readonly out: LaidOut } | null;
}

/** What the last line says: it may not be whole yet, so it stands apart and is read again. */
interface LastLine {
  readonly line: number;
  readonly entry: EntryNumbers;
  readonly readings: readonly { readonly of: Kept; readonly bytes: number }[];
}

/** All that was read of the log as it was at one generation. */
interface SoFar {
  readonly generation: number;
  readonly kept: Map<string, Kept>;
  /** Readings of figures beyond the most that are kept. */
  left: number;
  /** The next line to be read. */
  next: number;
  last: LastLine | null;
}

export class LogSeries {
  readonly #reader: FigureReader;
  #soFar: SoFar = nothing(-1);
  #busy: Promise<unknown> = Promise.resolve();

  /** `asked` are the person's own (userPattern); a line that one of them knows is read by it first. */
  constructor(
    readonly log: FigureLog,
    asked: readonly FigureFormat[] = [],
  ) {
    this.#reader = figureReader(asked, log.scanners?.startPairs);
  }

  /**
   * Reads what the log has now and was not read yet. Gives way between blocks. Resolves to whether there was anything new; throws
   * what the log throws, and the signal's reason when it is aborted.
   */
  read(signal?: AbortSignal): Promise<boolean> {
    const turn = this.#busy.then(
      () => this.#read(signal),
      () => this.#read(signal),
    );
    this.#busy = turn.catch(() => undefined);
    return turn;
  }

  /** In the order of the list of formats, then as they came. */
  figures(clock: LogClock = PLAIN): LogFigure[] {
    const { formats } = this.#reader;
    return [...this.#soFar.kept.values()]
      .toSorted((a, b) => formats.indexOf(a.format) - formats.indexOf(b.format))
      .flatMap((kept) => {
        const { figure, instance } = kept.of;
        const extremes = this.#laid(kept, clock).extremes();
        const asked = !FIGURES.includes(kept.format);
        const readings = kept.readings.count + (this.#soFar.last?.readings.filter(({ of }) => of === kept).length ?? 0);
        if (extremes === null || (readings < LEAST_READINGS && !asked)) return [];
        return [
          {
            name: kept.name,
            label: kept.name === figure.name ? figure.label : `${figure.label}, process ${instance}`,
            counts: figure.counts,
            meaning: figure.meaning,
            format: kept.format.id,
            readings,
            extremes,
          },
        ];
      });
  }

  /** All that were taken in. */
  get readings(): number {
    let count = 0;
    for (const { readings } of this.#soFar.kept.values()) count += readings.count;
    return count;
  }

  /** What a reader should know, in whole sentences. */
  get remarks(): readonly string[] {
    if (this.#soFar.left === 0) return [];
    return [
      `More than ${MOST_FIGURES} figures of memory are printed in it; ${this.#soFar.left} readings of further ones were passed over.`,
    ];
  }

  /** A span thinned for drawing, each point a true reading at the instant of its entry. Unknown names are passed over. */
  window({ clock, names, fromMs, toMs, pixels }: FiguresSpan): SeriesWindow {
    let exact = true;
    const traces: Trace[] = [];
    const extremes: Record<string, Extremes> = {};
    for (const name of names) {
      const kept = this.#named(name);
      if (kept === undefined) continue;
      const out = this.#laid(kept, clock);
      const seen = out.window(fromMs, toMs, pixels);
      exact &&= seen.exact && kept.readings.kept >= kept.readings.count;
      traces.push({ column: name, ...seen.points });
      const here = out.extremes(fromMs, toMs);
      if (here !== null) extremes[name] = here;
    }
    return { fromMs, toMs, exact, traces, extremes };
  }

  /** All readings that were kept of one figure, at most `MOST_READINGS`, in time order; null for an unknown name. */
  points(name: string, clock: LogClock = PLAIN): Points | null {
    const kept = this.#named(name);
    return kept === undefined ? null : this.#laid(kept, clock).points;
  }

  async #read(signal?: AbortSignal): Promise<boolean> {
    const { log } = this;
    const { generation } = log;
    const anew = generation !== this.#soFar.generation;
    // What was known stays until the log was read anew: a line on the graph does not blink.
    const soFar = anew ? nothing(generation) : this.#soFar;
    const { lines } = log.facts();
    const before = soFar.last;
    let changed = anew && this.#soFar.kept.size > 0;
    if (lines >= soFar.next) {
      soFar.last = null;
      const wanted = { from: soFar.next, ...this.#reader.wanted };
      try {
        for await (const found of log.find(wanted, signal)) {
          for (const { line, entry, text } of found) {
            const read = this.#reader.read(text);
            if (read === null || line > lines) continue;
            const readings = keepers(soFar, read.format, read.readings);
            if (line === lines) soFar.last = { line, entry, readings };
            else for (const { of, bytes } of readings) of.readings.push(bytes, entry);
            changed ||= line !== before?.line || !same(before.readings, readings);
          }
        }
      } catch (error) {
        // Half of it was taken in: the next time from the start.
        this.#soFar = nothing(-1);
        throw error;
      }
      soFar.next = lines;
    }
    // Read anew meanwhile: whoever did that asks again.
    if (log.generation !== generation) return changed;
    for (const kept of soFar.kept.values()) kept.laid = null;
    this.#soFar = soFar;
    return changed;
  }

  #named(name: string): Kept | undefined {
    for (const kept of this.#soFar.kept.values()) if (kept.name === name) return kept;
    return undefined;
  }

  #laid(kept: Kept, clock: LogClock): LaidOut {
    const key = `${clock.zone ?? ''} ${clock.shiftMs}`;
    if (kept.laid?.clock === key) return kept.laid.out;
    const times = new GrowingFloats();
    const values = new GrowingFloats();
    const add = (entry: EntryNumbers, bytes: number): void => {
      const timeMs = this.log.instant(entry, clock);
      // An entry without an instant has no place on the graph.
      if (Number.isNaN(timeMs)) return;
      times.push(timeMs);
      values.push(bytes);
    };
    for (let at = 0; at < kept.readings.kept; at += 1) add(kept.readings.entry(at), kept.readings.value(at));
    for (const { of, bytes } of this.#soFar.last?.readings ?? []) if (of === kept) add(this.#soFar.last!.entry, bytes);
    kept.laid = { clock: key, out: new LaidOut(times, values) };
    return kept.laid.out;
  }
}

/** All at once is several times as fast as one after the other. */
const nothing = (generation: number): SoFar => ({ generation, kept: new Map(), left: 0, next: 1, last: null });

/** Who keeps each reading; none for figures beyond the most that are kept. */
function keepers(soFar: SoFar, format: FigureFormat, readings: readonly Reading[]): { of: Kept; bytes: number }[] {
  const { kept } = soFar;
  return readings.flatMap((reading) => {
    const { figure, instance, bytes } = reading;
    const key = `${figure.name} ${instance}`;
    let of = kept.get(key);
    if (of === undefined) {
      if (kept.size >= MOST_FIGURES) {
        soFar.left += 1;
        return [];
      }
      const first = ![...kept.values()].some(({ name }) => name === figure.name);
      of = {
        name: first ? figure.name : `${figure.name}.${instance}`,
        of: reading,
        format,
        readings: new KeptReadings(),
        laid: null,
      };
      kept.set(key, of);
    }
    return [{ of, bytes }];
  });
}

function same(one: LastLine['readings'], other: LastLine['readings']): boolean {
  return (
    one.length === other.length && one.every(({ of, bytes }, i) => of === other[i]!.of && bytes === other[i]!.bytes)
  );
}
