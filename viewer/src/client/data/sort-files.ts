// What dropped files are to each other, by their names alone: which are recordings with their files beside them, which are logs.
import { filesOf, partNumber, partOf } from '@tidemark/shared/recording/files.js';

export interface DroppedRecording<F> {
  /** The parts that were put aside (--rotate), oldest first, and the running file: one behind the other they are the samples. */
  readonly memory: readonly F[];
  readonly name: string;
  readonly info: F | null;
  readonly events: F | null;
  readonly annotations: F | null;
  /** In parts as well; empty when there is none. */
  readonly output: readonly F[];
}

export interface SortedFiles<F> {
  readonly recordings: readonly DroppedRecording<F>[];
  /** Everything that belongs to no recording and is no CSV. */
  readonly logs: readonly F[];
}

/** The path below the folder that was dropped, when a folder was; a name alone otherwise. */
const pathOf = ({ name, webkitRelativePath }: Named): string => webkitRelativePath || name;

interface Named {
  readonly name: string;
  readonly webkitRelativePath?: string;
}

export function sortFiles<F extends Named>(files: readonly F[]): SortedFiles<F> {
  const rest = new Map(files.map((file) => [pathOf(file), file]));
  const take = (path: string): F | null => {
    const clean = path.replace(/^\.\//, '');
    const file = rest.get(clean) ?? null;
    rest.delete(clean);
    return file;
  };
  // events.csv and processes.csv have a time column too: recordings take their own files before loose CSVs are looked at.
  const csvs = [...rest.keys()].filter(
    (path) => /\.(?:csv|tsv)$/i.test(path) && !/(?:^|[./])(?:events|processes)(?:\.\d{4,9})?\.csv$/i.test(path),
  );
  // Files of others may be numbered too, and mean something else: a part is one where its recording is there as well.
  const isDropped = new Set(rest.keys());
  const running = new Set(
    csvs.map((path) => {
      const whole = partOf(path);
      return whole !== null && isDropped.has(filesOf(whole).info.replace(/^\.\//, '')) ? whole : path;
    }),
  );
  const takeParts = (path: string): F[] => {
    const clean = path.replace(/^\.\//, '');
    const numbered = [...rest.keys()]
      .map((part) => ({ part, number: partNumber(clean, part) }))
      .filter(({ number }) => number !== null)
      .sort((a, b) => a.number! - b.number!);
    return [...numbered.map(({ part }) => part), clean].map(take).filter((file) => file !== null);
  };
  const recordings = [...running].map((path): DroppedRecording<F> => {
    const names = filesOf(path);
    const info = take(names.info);
    const inParts = (one: string): F[] => (info === null ? [take(one)].filter((f) => f !== null) : takeParts(one));
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    const file = path.slice(path.lastIndexOf('/') + 1);
    inParts(names.processes);
    return {
      memory: inParts(path),
      name: file === 'memory.csv' && folder !== '' ? folder.slice(folder.lastIndexOf('/') + 1) : file,
      info,
      events: take(names.events),
      annotations: take(names.annotations),
      output: inParts(names.output),
    };
  });
  return { recordings, logs: [...rest.values()] };
}
