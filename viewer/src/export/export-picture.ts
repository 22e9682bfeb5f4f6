// `tidemark export`: files in, a PNG out. Loads the drawing only when there is something to draw.
import { extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UsageError } from '@tidemark/shared/errors.js';
import { OpenSession } from '@tidemark/shared/view/open-session.js';
import { openPaths } from '../server/open/open-paths.js';
import { checkPictureRequest, type PictureRequest, pictureOf } from './picture-of.js';
import { writeWhole } from './write-file.js';

export interface ExportRequest extends PictureRequest {
  /** Recordings' folders or any CSVs with a time column; more than one are laid over each other from their starts. */
  readonly recordings: readonly string[];
  readonly logs: readonly string[];
  /** Figures to be read from the logs: NAME=PATTERN each. */
  readonly series?: readonly string[];
  /** Where the picture goes; what is there is replaced. */
  readonly out: string;
}

export interface Exported {
  /** Pixels of the file. */
  readonly width: number;
  readonly height: number;
  /** What the person should know about it, in whole sentences. */
  readonly remarks: readonly string[];
}

/**
 * Writes the picture.
 *
 * @throws UsageError for a request that cannot be, UnavailableError and RecordingFormatError for files that cannot be read or
 * written.
 */
export async function exportPicture(request: ExportRequest): Promise<Exported> {
  checkSuffix(request.out);
  checkPictureRequest(request);
  const session = new OpenSession({ pause: () => setImmediate(), later: () => {} });
  let bug: unknown = null;
  const opened = await openPaths(
    session,
    {
      paths: request.recordings,
      logs: request.logs,
      timezone: request.timezone ?? null,
      series: request.series ?? [],
    },
    (error) => {
      bug ??= error;
    },
  );
  try {
    await session.loaded();
    if (bug !== null) throw bug;
    const { png, remarks } = await pictureOf(session, request);
    await writeWhole(request.out, png);
    const { width, height, scale } = request;
    return { width: Math.floor(width * scale), height: Math.floor(height * scale), remarks };
  } finally {
    await opened.close();
  }
}

/** Throws UsageError for a file that is no picture. */
export function checkSuffix(out: string): void {
  const suffix = extname(out).toLowerCase();
  if (suffix === '.png') return;
  const what = suffix === '' ? `${out} has no suffix` : `${suffix} cannot be made`;
  throw new UsageError(`${what}: the output of export is a .png file.`, 'Example: -o memory.png');
}
