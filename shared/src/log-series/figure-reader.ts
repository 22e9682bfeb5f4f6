// Which lines of a log may print a figure of memory, told from bytes, and what they print.
import { needleFinder, type StartPairs } from '../logs/needles.js';
import { type FigureFormat, readingsIn } from './figure.js';
import { FIGURES } from './figures/index.js';

export interface FigureReader {
  /** The person's own first. */
  readonly formats: readonly FigureFormat[];
  /** As `LogStore.find` is told it: where either says no there is no figure. */
  readonly wanted: {
    readonly mayHold: ((bytes: Uint8Array) => boolean) | null;
    readonly matches: (text: string) => boolean;
  };
  /** Null for a line without one. */
  readonly read: (text: string) => ReturnType<typeof readingsIn>;
}

/** `asked` are the person's own (userPattern); a line that one of them knows is read by it first. `startPairs`: compiled, where there is that. */
export function figureReader(asked: readonly FigureFormat[], startPairs?: StartPairs): FigureReader {
  const formats = [...asked, ...FIGURES];
  const needles = FIGURES.flatMap((format) => format.needles);
  const probe = anyOf(needles);
  return {
    formats,
    wanted: {
      // Nothing is known of what the person asked for but its pattern, which may be about a line's beginning or end.
      mayHold: asked.length > 0 ? null : needleFinder(needles, startPairs),
      matches: (text) => probe.test(text) || asked.some(({ pattern }) => pattern.test(text)),
    },
    read: (text) => readingsIn(formats, text),
  };
}

const anyOf = (words: readonly string[]): RegExp =>
  new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'));
