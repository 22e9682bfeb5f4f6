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
