// A dropped file as bytes for the stores: slices on demand, nothing is read whole and nothing is uploaded.
import type { ByteSource } from '@tidemark/shared/bytes.js';
import { UnavailableError } from '@tidemark/shared/errors.js';

export function fileBytes(file: File): ByteSource {
  return {
    name: file.name,
    async size() {
      return file.size;
    },
    async read(from, to) {
      try {
        return new Uint8Array(await file.slice(from, to).arrayBuffer());
      } catch (cause) {
        // Browsers give away the file as it was when it was chosen, and nothing once it changed.
        throw new UnavailableError(`${file.name}: it changed or went away while it was read.`, 'Drop it again.', {
          cause,
        });
      }
    },
  };
}

/** Longer first lines are no header of ours. */
const HEADER_BYTES = 64 * 1024;

/** Parts one behind the other as one file, called as the last one; `header` says that each begins with the same first line. Nothing is read but those. */
export async function joinedFile(parts: readonly File[], header: boolean): Promise<File> {
  const last = parts.at(-1)!;
  if (parts.length === 1) return last;
  const pieces: Blob[] = [];
  for (const part of parts) {
    const first = header && pieces.length > 0 ? new Uint8Array(await part.slice(0, HEADER_BYTES).arrayBuffer()) : null;
    pieces.push(first === null ? part : part.slice(first.indexOf(0x0a) + 1));
  }
  return new File(pieces, last.name, { lastModified: last.lastModified });
}
