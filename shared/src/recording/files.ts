// The names of a recording's files, in both layouts: a folder, or files side by side with one stem (`-o mem.csv`).

export type RecordingFile = 'memory' | 'processes' | 'output' | 'events' | 'info' | 'annotations';

const IN_FOLDER: Record<RecordingFile, string> = {
  memory: 'memory.csv',
  processes: 'processes.csv',
  output: 'output.log',
  events: 'events.csv',
  info: 'recording.json',
  annotations: 'annotations.json',
};

const BESIDE: Record<Exclude<RecordingFile, 'memory'>, string> = {
  processes: '.processes.csv',
  output: '.output.log',
  events: '.events.csv',
  info: '.recording.json',
  annotations: '.annotations.json',
};

/** The path of one file of the recording kept in `folder`. */
export function inFolder(folder: string, file: RecordingFile): string {
  return `${folder.replace(/\/+$/, '')}/${IN_FOLDER[file]}`;
}

/** The path of one file of the recording whose samples are in `csv` (`mem.csv` gives `mem.events.csv`). */
export function besideCsv(csv: string, file: RecordingFile): string {
  return file === 'memory' ? csv : csv.replace(/\.csv$/i, '') + BESIDE[file];
}

/** All files of the recording whose samples are in `csv`: in its folder when it is called memory.csv, else beside it. */
export function filesOf(csv: string): Record<RecordingFile, string> {
  const slash = csv.lastIndexOf('/');
  const folder = slash < 0 ? '.' : csv.slice(0, slash) || '/';
  const pick = (file: RecordingFile): string =>
    csv.slice(slash + 1) === IN_FOLDER.memory ? inFolder(folder, file) : besideCsv(csv, file);
  return {
    memory: csv,
    processes: pick('processes'),
    output: pick('output'),
    events: pick('events'),
    info: pick('info'),
    annotations: pick('annotations'),
  };
}

/** The name of a closed part of a file that was rotated: memory.csv gives memory.0001.csv, the oldest. They sort up to 9999. */
export function partName(path: string, number: number): string {
  const [stem, ending] = split(path);
  return `${stem}.${String(number).padStart(4, '0')}${ending}`;
}

/** Which part of `path` the file `candidate` is; null when it is none. Both in the same form, with or without a folder. */
export function partNumber(path: string, candidate: string): number | null {
  const [stem, ending] = split(path);
  if (!candidate.startsWith(`${stem}.`) || !candidate.endsWith(ending)) return null;
  const digits = candidate.slice(stem.length + 1, candidate.length - ending.length);
  return /^(?:\d{4}|[1-9]\d{4,8})$/.test(digits) && Number(digits) > 0 ? Number(digits) : null;
}

/** The running file that a file with this name is a closed part of (mem.0001.csv: mem.csv); null when its name is no part's. */
export function partOf(path: string): string | null {
  const [stem, ending] = split(path);
  const [before, digits] = split(stem);
  return digits !== '' && partNumber(before + ending, path) !== null ? before + ending : null;
}

/** Before and from the last dot of the file's name. */
function split(path: string): [stem: string, ending: string] {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') ? [path.slice(0, dot), path.slice(dot)] : [path, ''];
}
