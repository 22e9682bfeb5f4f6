// The figures of memory in a log line by line, as they are printed: for `tidemark logs --json`.
import type { LogStore } from '../logs/store.js';
import type { FigureFormat, Reading } from './figure.js';
import { figureReader } from './figure-reader.js';

export interface FigureLine {
  /** Counted from 1. */
  readonly line: number;
  readonly readings: readonly Reading[];
}

/** In the order of the file. `asked` are the person's own (userPattern); a line that one of them knows is read by it first. */
export async function* figureLines(
  log: Pick<LogStore, 'find' | 'scanners'>,
  asked: readonly FigureFormat[] = [],
): AsyncGenerator<FigureLine> {
  const { wanted, read } = figureReader(asked, log.scanners?.startPairs);
  for await (const found of log.find({ from: 1, ...wanted })) {
    for (const { line, text } of found) {
      const figures = read(text);
      if (figures !== null) yield { line, readings: figures.readings };
    }
  }
}
