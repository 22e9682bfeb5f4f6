// What the export panel does: each way of taking away what is open. Each returns a sentence that says what was done.
import { leadColumn } from '@tidemark/shared/chart/columns-shown.js';
import { shownCsv } from '@tidemark/shared/chart/shown-csv.js';
import { comparisonMarkdown } from '@tidemark/shared/compare/markdown.js';
import { UnavailableError } from '@tidemark/shared/errors.js';
import type { DataSource, TakeAway } from '@tidemark/shared/view/data-source.js';
import { choice, chosenLines } from '../state/choice.js';
import { comparison } from '../state/comparison.js';
import { recordings, source } from '../state/opened.js';
import { columnsShown } from '../state/shown-lines.js';
import { writeUrl } from '../state/url.js';
import { onScreen, type PictureChoice, pngOf, svgOf } from './picture.js';
import { fileName, saveAs } from './save.js';

const saved = (name: string): string => `Saved ${name}.`;

export async function savePng(how: PictureChoice): Promise<string> {
  const shown = onScreen();
  return saved(saveAs(await pngOf(shown, how), shown.title, '.png'));
}

export async function saveSvg(how: PictureChoice): Promise<string> {
  const shown = onScreen();
  return saved(saveAs(await svgOf(shown, how), shown.title, '.svg'));
}

export async function copyPng(how: PictureChoice): Promise<string> {
  // The promise inside keeps the permission of the click while the picture is drawn.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(onScreen(), how) })]);
  return 'The picture is in the clipboard.';
}

export async function saveCsv(): Promise<string> {
  const shown = onScreen();
  return saved(saveAs(new Blob([shownCsv(shown)], { type: 'text/csv' }), shown.title, '.csv'));
}

/**
 * The picture and, beside it, what differs between two recordings, for a pull request; of a single one its report, for a
 * postmortem.
 */
export async function saveMarkdown(how: PictureChoice): Promise<string> {
  const shown = onScreen();
  const [recording] = recordings.peek();
  if (recording === undefined) throw new UnavailableError('There is no recording to report on.');
  const picture = `${fileName(shown.title)}.png`;
  const compared = comparison.peek();
  if (compared !== null) {
    const text = `![Memory over time](<${encodeURI(picture)}>)\n\n${comparisonMarkdown(compared)}`;
    const name = saveAs(new Blob([text], { type: 'text/markdown' }), shown.title, '.md');
    saveAs(await pngOf(shown, how), shown.title, '.png');
    return `Saved ${name} and ${picture}.`;
  }
  const column = leadColumn(recording.columns, columnsShown(recording, chosenLines.peek()));
  const text = await sourceNow().takeAway({
    kind: 'markdown',
    recording: recording.id,
    column,
    clocks: choice.peek().clocks,
    picture,
  });
  const name = saveAs(new Blob([...text], { type: 'text/markdown' }), shown.title, '.md');
  saveAs(await pngOf(shown, how), shown.title, '.png');
  return `Saved ${name} and ${picture}.`;
}

export async function saveHtml(redact: readonly string[]): Promise<string> {
  const shown = onScreen();
  const request: TakeAway = { kind: 'html', redact, view: writeUrl(choice.peek()) };
  const pieces = await sourceNow().takeAway(request);
  return saved(saveAs(new Blob([...pieces], { type: 'text/html' }), shown.title, '.html'));
}

function sourceNow(): DataSource {
  const now = source.peek();
  if (now === null) throw new UnavailableError('Nothing is open yet.');
  return now;
}
