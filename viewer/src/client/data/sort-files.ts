// What dropped files are to each other, by their names alone: which are recordings with their files beside them, which are logs.
import { filesOf } from '@tidemark/shared/recording/files.js';

export interface DroppedRecording<F> {
  readonly memory: F;
  readonly name: string;
  readonly info: F | null;
  readonly events: F | null;
  readonly annotations: F | null;
  readonly output: F | null;
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
    (path) => /\.(?:csv|tsv)$/i.test(path) && !/(?:^|[./])(?:events|processes)\.csv$/i.test(path),
  );
  const recordings = csvs.map((path): DroppedRecording<F> => {
    const names = filesOf(path);
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    const file = path.slice(path.lastIndexOf('/') + 1);
    take(names.processes);
    return {
      memory: take(path)!,
      name: file === 'memory.csv' && folder !== '' ? folder.slice(folder.lastIndexOf('/') + 1) : file,
      info: take(names.info),
      events: take(names.events),
      annotations: take(names.annotations),
      output: take(names.output),
    };
  });
  return { recordings, logs: [...rest.values()] };
}
