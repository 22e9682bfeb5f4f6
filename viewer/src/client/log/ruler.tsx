// Beside the scroll bar: where in the whole list the errors, the hits and the picked line are. A click goes there. Errors are diamonds
// on the left, hits bars on the right, so that colour is not all that tells them apart.
import type { LogView } from '@tidemark/shared/view/data-source.js';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { errorLines } from '../state/errors.js';
import { found } from '../state/hits.js';
import { goToNumber, scrollTo } from '../state/jump.js';
import { hitLine } from '../state/near-line.js';
import { palette } from '../state/theme.js';
import { lineAtRow, type RowsShown } from './rows-shown.js';
import { firstOfRuns, lineNearPixel, pixelOf, rowAtPixel, rowExactly, tickPixels } from './ruler-ticks.js';

/** As in log.css. */
const WIDTH = 14;
const REACH_PX = 5;
const NO_LINES = new Uint32Array();

export function Ruler({ log, shown }: { log: LogView; shown: RowsShown }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height, setHeight] = useState(0);
  const erring = errorLines.value?.log === log.id ? errorLines.value.lines : NO_LINES;
  const errors = useMemo(() => firstOfRuns(erring), [erring]);
  // Where only hits are shown, every row is one.
  const passing = shown.hits === null && found.value?.log === log.id ? found.value.hits : null;
  const hits = passing?.lines ?? NO_LINES;
  const active = hitLine.value?.log === log.id ? hitLine.value.line : null;
  const theme = palette.value;

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const element = canvas.current;
    const ctx = element?.getContext('2d');
    if (element === null || !ctx || height === 0) return;
    const dpr = devicePixelRatio || 1;
    element.width = WIDTH * dpr;
    element.height = height * dpr;
    ctx.scale(dpr, dpr);
    ctx.clearRect(0, 0, WIDTH, height);
    ctx.fillStyle = theme.levels.info;
    for (const y of tickPixels(hits, shown, height)) ctx.fillRect(7, y - 1, 6, 2);
    ctx.fillStyle = theme.levels.error;
    ctx.beginPath();
    for (const y of tickPixels(errors, shown, height)) {
      ctx.moveTo(4, y - 3);
      ctx.lineTo(7, y);
      ctx.lineTo(4, y + 3);
      ctx.lineTo(1, y);
      ctx.closePath();
    }
    ctx.fill();
    const row = active === null ? -1 : rowExactly(shown, active);
    if (row >= 0) {
      ctx.fillStyle = getComputedStyle(element).color;
      ctx.fillRect(0, pixelOf(row, shown.count, height) - 1, WIDTH, 2);
    }
  }, [errors, hits, shown.hits, shown.count, active, theme, height]);

  const click = (event: MouseEvent): void => {
    if (shown.count === 0 || height === 0) return;
    const y = event.offsetY;
    const line = lineNearPixel([errors, hits], shown, y, height, REACH_PX);
    if (line !== null) void goToNumber(log.id, line);
    else scrollTo(log.id, lineAtRow(shown, rowAtPixel(y, shown.count, height)));
  };
  const { error, fatal } = log.facts.levels;
  return (
    // n and e do the same from the keyboard.
    <canvas
      ref={canvas}
      class="ruler"
      role="img"
      aria-label={`Along the log: ${counted(error + fatal, 'error')}, ${counted(passing?.entries ?? 0, 'hit')}`}
      onClick={click}
    />
  );
}

const counted = (n: number, one: string): string => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;
