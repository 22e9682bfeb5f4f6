// `tidemark compare`: two groups of recordings in, a table or a picture out.
import { setImmediate } from 'node:timers/promises';
import type { PanelLayout } from '@tidemark/shared/chart/panels.js';
import { type Align, alignedAt } from '@tidemark/shared/compare/align.js';
import { type Comparison, compareRuns } from '@tidemark/shared/compare/compare.js';
import { comparisonJson } from '@tidemark/shared/compare/json.js';
import { comparisonMarkdown } from '@tidemark/shared/compare/markdown.js';
import { comparisonText } from '@tidemark/shared/compare/text.js';
import { headline } from '@tidemark/shared/compare/words.js';
import { OpenSession } from '@tidemark/shared/view/open-session.js';
import { png } from '../export/formats/png.js';
import { checkPictureRequest, pictureOf } from '../export/picture-of.js';
import { openPaths } from '../server/open/open-paths.js';
import { resolveSamples } from '../server/open/resolve-samples.js';
import { loadRuns, type NamedRun } from './load-runs.js';

export interface CompareRequest {
  readonly before: readonly NamedRun[];
  readonly after: readonly NamedRun[];
  readonly timezone?: string | null;
  /** Figures to be read from the logs: NAME=PATTERN each. */
  readonly series?: readonly string[];
  readonly align: Align;
}

export interface Compared {
  text(width?: number): string;
  json(): string;
  markdown(): string;
  /** Both groups in one picture, aligned as asked. */
  png(picture: PictureSize): Promise<Uint8Array>;
  readonly remarks: readonly string[];
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly theme: 'light' | 'dark';
  readonly layout?: PanelLayout;
  readonly version?: string;
}

/**
 * @throws UnavailableError and RecordingFormatError for files that cannot be read, UsageError when a run lacks the phase that the
 * runs are to be aligned at.
 */
export async function compare(request: CompareRequest): Promise<Compared> {
  const timezone = request.timezone ?? null;
  const before = await loadRuns(request.before, timezone, undefined, request.series);
  const after = await loadRuns(request.after, timezone, undefined, request.series);
  const comparison = compareRuns(
    before.map(({ run }) => run),
    after.map(({ run }) => run),
  );
  const origins = alignedAt([...comparison.before, ...comparison.after], request.align);
  const remarks = [...before, ...after].flatMap(({ run, remarks: said }) => said.map((one) => `${run.name}: ${one}`));
  return {
    text: (width) => comparisonText(comparison, width === undefined ? {} : { width }),
    json: () => `${JSON.stringify(comparisonJson(comparison))}\n`,
    markdown: () => comparisonMarkdown(comparison),
    png: (size) => overlay(request, comparison, origins, size),
    remarks,
  };
}

async function overlay(
  { before, after, align }: CompareRequest,
  comparison: Comparison,
  origins: readonly number[],
  size: PictureSize,
): Promise<Uint8Array> {
  checkPictureRequest(size);
  // A run that is named twice is drawn once.
  const drawn = new Map<string, { name: string; group: number; alignMs: number }>();
  // Colour and dash tell the sides apart; which run of a side a line is matters to nobody.
  const named = (side: string, group: number, runs: readonly NamedRun[]) => {
    const name = runs.length === 1 ? side : `${side} (${runs.length} runs)`;
    return runs.map(({ recording }) => ({ recording, name, group }));
  };
  for (const [at, { recording, ...look }] of [...named('before', 0, before), ...named('after', 1, after)].entries()) {
    const csv = await resolveSamples(recording);
    if (!drawn.has(csv)) drawn.set(csv, { ...look, alignMs: origins[at]! });
  }
  const session = new OpenSession({ pause: () => setImmediate(), later: () => {} });
  const opened = await openPaths(session, { paths: [...drawn.keys()], logs: [] }, (error) => {
    throw error;
  });
  try {
    await session.loaded();
    const shown = [...drawn.values()];
    const list = (runs: Comparison['before']): string => runs.map(({ name }) => name).join(', ');
    const source = {
      // Logs of several runs over each other say nothing.
      session: async () => {
        const { recordings } = session.current();
        return { recordings: recordings.map((view, at) => ({ ...view, ...shown[at] })), logs: [] };
      },
      window: session.window.bind(session),
      phases: session.phases.bind(session),
      marks: session.marks.bind(session),
      figures: session.figures.bind(session),
      annotations: session.annotations.bind(session),
    };
    const { bytes } = await pictureOf(
      source,
      {
        ...size,
        title: `${list(comparison.before)} before, ${list(comparison.after)} after`,
        subtitle: headline(comparison),
        clock: 'elapsed',
        ...(align.at === 'phase' ? { alignedAt: align.phase } : {}),
      },
      png,
    );
    return bytes;
  } finally {
    await opened.close();
  }
}
