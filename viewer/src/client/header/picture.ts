// What is on screen as a picture, drawn by the code that also makes pictures without a browser.
import { findDetails, type PictureDetails } from '@tidemark/shared/chart/details.js';
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import { THEMES } from '../../chart/palette.js';
import { drawPicture } from '../../chart/picture.js';
import { drawSvg } from '../../chart/svg/draw-svg.js';
import { model } from '../state/chart-model.js';
import { clockOf, cursorMs } from '../state/choice.js';
import { openLog } from '../state/near-line.js';
import { source } from '../state/opened.js';
import { palette } from '../state/theme.js';

export interface PictureChoice {
  readonly scale: 1 | 2 | 3;
  /** 'page': as the page is now. */
  readonly theme: 'page' | 'light' | 'dark';
  /** Phases and the log around the cursor, or around the most growth, under the graph. */
  readonly details: boolean;
}

const SIZE = { width: 1600, height: 900 } as const;
/** With details the graph keeps about its size. */
const TALL = { width: 1600, height: 1160 } as const;

export function onScreen(): ChartModel {
  const shown = model.peek();
  if (shown === null) throw new Error('nothing is on the graph yet');
  return shown;
}

export async function pngOf(shown: ChartModel, choice: PictureChoice): Promise<Blob> {
  const options = await optionsOf(shown, choice);
  const canvas = document.createElement('canvas');
  drawPicture(canvas, shown, { ...options, scale: choice.scale });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('the browser gave no image');
  return blob;
}

export async function svgOf(shown: ChartModel, choice: PictureChoice): Promise<Blob> {
  const measure = document.createElement('canvas').getContext('2d');
  if (measure === null) throw new Error('the browser gave no canvas');
  return new Blob([drawSvg(shown, await optionsOf(shown, choice), measure)], { type: 'image/svg+xml' });
}

async function optionsOf(shown: ChartModel, { theme, details }: PictureChoice) {
  await document.fonts.ready;
  const found = details ? await detailsOf(shown) : null;
  return {
    ...(found === null ? SIZE : TALL),
    theme: theme === 'page' ? palette.peek() : THEMES[theme],
    details: found,
  };
}

async function detailsOf(shown: ChartModel): Promise<PictureDetails | null> {
  const from = source.peek();
  if (from === null) return null;
  return findDetails(from, shown, { atMs: cursorMs.peek(), log: openLog.peek()?.id ?? null, clockOf });
}
