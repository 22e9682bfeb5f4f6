// `tidemark export`: files in, a picture (or the figures of one) out. Loads the drawing only when there is something to draw.
import { extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UsageError } from '@tidemark/shared/errors.js';
import { OpenSession } from '@tidemark/shared/view/open-session.js';
import { openPaths } from '../server/open/open-paths.js';
import type { ExportFormat } from './formats/format.js';
import { EXPORT_FORMATS } from './formats/index.js';
import { checkPictureRequest, type PictureRequest, pictureOf } from './picture-of.js';
import { writeWhole } from './write-file.js';

export interface ExportRequest extends PictureRequest {
  /** Recordings' folders or any CSVs with a time column; more than one are laid over each other from their starts. */
  readonly recordings: readonly string[];
  readonly logs: readonly string[];
  /** Figures to be read from the logs: NAME=PATTERN each. */
  readonly series?: readonly string[];
  /** Phases and the log around the most growth, under the graph. */
  readonly details?: boolean;
  /** Where the picture goes; what is there is replaced. */
  readonly out: string;
}

export interface Exported {
  /** Pixels of the file; null where it is no picture. */
  readonly width: number | null;
  readonly height: number | null;
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
  const format = formatOf(request.out);
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
    const { bytes, remarks } = await pictureOf(session, request, format, request.details ? session : null);
    await writeWhole(request.out, bytes);
    if (!format.drawn) return { width: null, height: null, remarks };
    const { width, height } = request;
    const scale = format.scaled ? request.scale : 1;
    return { width: Math.floor(width * scale), height: Math.floor(height * scale), remarks };
  } finally {
    await opened.close();
  }
}

/** By the suffix of the file. Throws UsageError for one that no format has. */
export function formatOf(out: string): ExportFormat {
  const suffix = extname(out).toLowerCase();
  const format = EXPORT_FORMATS.find((one) => one.suffix === suffix);
  if (format !== undefined) return format;
  const what = suffix === '' ? `${out} has no suffix` : `${suffix} cannot be made`;
  const known = EXPORT_FORMATS.map((one) => one.suffix).join(', ');
  throw new UsageError(`${what}: the output is one of ${known}.`, 'Example: -o memory.png');
}
