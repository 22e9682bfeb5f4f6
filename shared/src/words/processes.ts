// Processes in a line of text.
import { formatBytes } from './bytes.js';
import { plainText } from './plain-text.js';

export interface NamedSize {
  readonly pid: number;
  readonly name: string;
  readonly peak_bytes: number;
}

/** "python3 (4711) 1.2 GiB, sh (4710) 3.0 MiB". A name is the job's own text: control codes are taken out. */
export function processesText(processes: readonly NamedSize[]): string {
  return processes
    .map(({ name, pid, peak_bytes }) => `${plainText(name)} (${pid}) ${formatBytes(peak_bytes)}`)
    .join(', ');
}

/** Less than this share of the peak is not worth a word. */
const WORTH = 0.01;

/** Those that matter to a peak of so many bytes, when not one process alone held it. */
export function worthNaming<P extends NamedSize>(processes: readonly P[], peakBytes: number, most = 3): readonly P[] {
  return processes.length < 2
    ? []
    : processes.filter(({ peak_bytes }) => peak_bytes >= WORTH * peakBytes).slice(0, most);
}
