// The figures of memory in a log line by line, as they are printed: for `tidemark logs --json`.
import { needleFinder } from '../logs/needles.js';
import type { LogStore } from '../logs/store.js';
import { type FigureFormat, type Reading, readingsIn } from './figure.js';
import { FIGURES } from './figures/index.js';

export interface FigureLine {
  /** Counted from 1. */
  readonly line: number;
  readonly readings: readonly Reading[];
}

/** In the order of the file. `asked` are the person's own (userPattern); a line that one of them knows is read by it first. */
export async function* figureLines(
  log: Pick<LogStore, 'find'>,
  asked: readonly FigureFormat[] = [],
): AsyncGenerator<FigureLine> {
  const formats = [...asked, ...FIGURES];
  const needles = FIGURES.flatMap((format) => format.needles);
  const wanted = {
    from: 1,
    mayHold: asked.length > 0 ? null : needleFinder(needles),
    matches: (text: string) =>
      needles.some((needle) => text.includes(needle)) || asked.some(({ pattern }) => pattern.test(text)),
  };
  for await (const found of log.find(wanted)) {
    for (const { line, text } of found) {
      const read = readingsIn(formats, text);
      if (read !== null) yield { line, readings: read.readings };
    }
  }
}
