// The graph on screen as a PNG: drawn by the code that also makes pictures without a browser.
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import { drawPicture } from '../../chart/picture.js';
import { model } from '../state/chart-model.js';
import { palette } from '../state/theme.js';

const SIZE = { width: 1600, height: 900, scale: 2 } as const;

async function pictureOf(shown: ChartModel): Promise<Blob> {
  await document.fonts.ready;
  const canvas = document.createElement('canvas');
  drawPicture(canvas, shown, { ...SIZE, theme: palette.peek() });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('the browser gave no image');
  return blob;
}

function onScreen(): ChartModel {
  const shown = model.peek();
  if (shown === null) throw new Error('nothing is on the graph yet');
  return shown;
}

export async function savePicture(): Promise<string> {
  const shown = onScreen();
  const address = URL.createObjectURL(await pictureOf(shown));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${fileName(shown.title)}.png`;
  link.click();
  // The download has its own hold on the data once it started.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return `Saved ${link.download}.`;
}

export async function copyPicture(): Promise<string> {
  // The promise inside keeps the permission of the click while the picture is drawn.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': pictureOf(onScreen()) })]);
  return 'The picture is in the clipboard.';
}

/** A title as a name that every file system takes. */
export function fileName(title: string): string {
  const safe = title
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 100);
  return safe === '' ? 'tidemark' : safe;
}
