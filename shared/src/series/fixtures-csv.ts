// For tests: a file in memory that can grow, shrink and be replaced.
import type { ByteSource } from '../bytes.js';
import { makeRoom } from '../scan/memory.js';
import { scanners } from '../scan/start-scanners.js';
import { openSeries, type SeriesOptions, type SeriesStore } from './store.js';

export interface CsvFile extends ByteSource {
  content: Uint8Array;
  /** Bytes handed out so far. */
  bytesRead: number;
  append(text: string): void;
}

export function csvFile(text: string | Uint8Array, name = 'run.csv'): CsvFile {
  const bytes = (value: string | Uint8Array): Uint8Array => (typeof value === 'string' ? utf8(value) : value);
  const file: CsvFile = {
    name,
    content: bytes(text),
    bytesRead: 0,
    append(more) {
      const tail = utf8(more);
      const joined = new Uint8Array(file.content.length + tail.length);
      joined.set(file.content);
      joined.set(tail, file.content.length);
      file.content = joined;
    },
    size: async () => file.content.length,
    read: async (from, to) => {
      const part = file.content.slice(from, to);
      file.bytesRead += part.length;
      return part;
    },
  };
  return file;
}

/** As `csvFile`, read as the server reads a file: into the memory of what is compiled. */
export function scannedFile(text: string | Uint8Array): CsvFile {
  const room = makeRoom();
  const file = csvFile(text);
  return Object.assign(file, {
    scan: async <T>(from: number, to: number, use: (bytes: Uint8Array) => T): Promise<T> => {
      const part = await file.read(from, Math.min(to, from + room.length));
      room.set(part);
      return use(room.subarray(0, part.length));
    },
    scanners: scanners(),
  });
}

export async function loaded(text: string | Uint8Array, options: SeriesOptions = {}): Promise<SeriesStore> {
  const store = await openSeries(csvFile(text), options);
  await store.load();
  return store;
}

/** `shared` has no TextEncoder. */
export function utf8(text: string): Uint8Array {
  const escaped = encodeURIComponent(text);
  const out: number[] = [];
  for (let i = 0; i < escaped.length; i++) {
    if (escaped[i] === '%') {
      out.push(Number.parseInt(escaped.slice(i + 1, i + 3), 16));
      i += 2;
    } else out.push(escaped.charCodeAt(i));
  }
  return Uint8Array.from(out);
}
