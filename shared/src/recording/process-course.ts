// What processes.csv says of the whole run, in one pass and bounded memory: the processes that reached most, each with its lifetime.
import type { ByteSource } from '../bytes.js';
import { type ProcessRow, readProcessRow } from './processes.js';

/** One process from its first row to its last. */
export interface ProcessCourse {
  readonly pid: number;
  readonly start: number;
  readonly parent: number;
  /** The last one that it had: running another program changes it. */
  readonly name: string;
  readonly firstMs: number;
  readonly lastMs: number;
  /** It ended while it was recorded. */
  readonly ended: boolean;
  readonly peakBytes: number;
  /** The row by which the peak was known. */
  readonly peakAtMs: number;
}

export interface ProcessesSeen {
  /** How many there were in all. */
  readonly count: number;
  /** Highest peak first. */
  readonly largest: readonly ProcessCourse[];
}

/** Whoever asks for more wants the file. */
export const MOST_PROCESSES = 10;

type Course = { -readonly [key in keyof ProcessCourse]: ProcessCourse[key] };

/** Takes rows in file order. Holds those that live, and the largest of those that have ended. */
export class ProcessCourses {
  readonly #living = new Map<number, Course>();
  #largest: Course[] = [];
  #count = 0;

  add(row: ProcessRow): void {
    let course = this.#living.get(row.pid);
    if (course !== undefined && course.start !== row.start) {
      this.#end(course);
      course = undefined;
    }
    if (course === undefined) {
      const { pid, start, parent, name, timeMs } = row;
      course = {
        pid,
        start,
        parent,
        name,
        firstMs: timeMs,
        lastMs: timeMs,
        ended: false,
        peakBytes: -1,
        peakAtMs: timeMs,
      };
      this.#living.set(pid, course);
      this.#count++;
    }
    course.name = row.name;
    course.lastMs = row.timeMs;
    const reached = Math.max(row.peakBytes ?? -1, row.rssBytes ?? -1);
    if (reached > course.peakBytes) {
      course.peakBytes = reached;
      course.peakAtMs = row.timeMs;
    }
    if (row.rssBytes === null) {
      course.ended = true;
      this.#end(course);
    }
  }

  seen(): ProcessesSeen {
    const all = [...this.#largest, ...this.#living.values()].filter(({ peakBytes }) => peakBytes >= 0);
    return { count: this.#count, largest: all.sort((a, b) => b.peakBytes - a.peakBytes).slice(0, MOST_PROCESSES) };
  }

  #end(course: Course): void {
    this.#living.delete(course.pid);
    const least = this.#largest[MOST_PROCESSES - 1]?.peakBytes ?? -1;
    if (course.peakBytes <= least) return;
    this.#largest = [...this.#largest, course].sort((a, b) => b.peakBytes - a.peakBytes).slice(0, MOST_PROCESSES);
  }
}

const PIECE = 256 * 1024;

/** Reads a whole processes.csv; null when it holds no row. A line that is cut or is no row is left out. */
export async function readProcesses(source: ByteSource): Promise<ProcessesSeen | null> {
  const courses = new ProcessCourses();
  const decoder = new TextDecoder();
  let rest = '';
  const size = await source.size();
  for (let from = 0; from < size; from += PIECE) {
    const lines = (
      rest + decoder.decode(await source.read(from, Math.min(size, from + PIECE)), { stream: true })
    ).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const row = readProcessRow(line);
      if (row !== null) courses.add(row);
    }
  }
  const seen = courses.seen();
  return seen.count === 0 ? null : seen;
}
