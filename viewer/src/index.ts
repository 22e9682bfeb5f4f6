// What the command line needs of the viewer.

export { type FoundRecording, findRecordings, RUNS_FOLDER } from './server/open/find-recordings.js';
export { type ReportRequest, report } from './server/report/report-command.js';
export type { Served, ServeOptions } from './server/serve.js';

import type { Served, ServeOptions } from './server/serve.js';

/** Serves the page. Loaded when it is called: `tidemark list` and `report` need no server. */
export async function serve(options: ServeOptions): Promise<Served> {
  return (await import('./server/serve.js')).serve(options);
}
export type { Checked, CheckRequest } from './compare/check-command.js';

import type { Checked, CheckRequest } from './compare/check-command.js';

/** Holds recordings against a budget. Loaded when it is called. */
export async function check(request: CheckRequest): Promise<Checked> {
  return (await import('./compare/check-command.js')).check(request);
}
export type { ScaleRequest } from './compare/scale-command.js';

import type { Scaled } from '@tidemark/shared/scaling/words.js';
import type { ScaleRequest } from './compare/scale-command.js';

/** Fits how memory grows with size. Loaded when it is called. */
export async function scale(request: ScaleRequest): Promise<Scaled> {
  return (await import('./compare/scale-command.js')).scale(request);
}
export type { Compared, CompareRequest } from './compare/compare-command.js';

import type { Compared, CompareRequest } from './compare/compare-command.js';

/** Compares recordings. Loaded when it is called. */
export async function compare(request: CompareRequest): Promise<Compared> {
  return (await import('./compare/compare-command.js')).compare(request);
}
export type { Exported, ExportRequest } from './export/export-picture.js';
export { writeWhole } from './export/write-file.js';
export { type LogReadingRequest, printLogReading } from './server/logs/print-log-reading.js';

import type { Exported, ExportRequest } from './export/export-picture.js';

export type { HtmlExported, HtmlRequest } from './export/export-html.js';

import type { HtmlExported, HtmlRequest } from './export/export-html.js';

/** Writes the page and the data as one file. */
export async function exportHtml(request: HtmlRequest): Promise<HtmlExported> {
  return (await import('./export/export-html.js')).exportHtml(request);
}

/** Writes a picture. Loaded when it is called: the drawing is large. */
export async function exportPicture(request: ExportRequest): Promise<Exported> {
  return (await import('./export/export-picture.js')).exportPicture(request);
}
