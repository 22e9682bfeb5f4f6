// The canvas on the page: made when the first model, its font and its size are there; redrawn at most once a frame.
import { batch, effect, signal } from '@preact/signals';
import type { ChartView } from '../../chart/chart-view.js';
import { createChart } from '../../chart/create-chart.js';
import { model, modelInput } from '../state/chart-model.js';
import { cursorMs } from '../state/choice.js';
import { plotPixels } from '../state/fetched.js';
import { hoverMs, pointedSpan } from '../state/near-line.js';
import { draft, spanOf } from '../state/notes.js';
import type { Span } from '../state/span.js';
import { palette } from '../state/theme.js';

/** The drawing that is on screen, for whoever needs places on it. */
export const chart = signal<ChartView | null>(null);
/** Rises with every frame that may have moved something: what is laid over the canvas places itself anew. */
export const drawn = signal(0);
/** What is being dragged: a span to zoom into or to note. */
export const selection = signal<Span | null>(null);
/** The pointer's height on the canvas. */
export const hoverY = signal<number | null>(null);

const FONTS = ['400 12px Inter', '600 12px Inter'];

/** Text drawn before its font is there would stay in the wrong one. A font that does not come holds nothing up for long. */
async function fontsReady(): Promise<void> {
  const loaded = Promise.all(FONTS.map((font) => document.fonts.load(font)));
  await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, 1500))]).catch(() => {});
}

/** Draws into `canvas`, the crosshair into `overlay`; both fill `box`. Returns how to stop. */
export function mountSurface(box: HTMLElement, canvas: HTMLCanvasElement, overlay: HTMLCanvasElement): () => void {
  const size = signal(sizeOf(box));
  const ready = signal(false);
  let stopped = false;
  void fontsReady().then(() => {
    if (!stopped) ready.value = true;
  });

  const observer = new ResizeObserver(() => {
    const next = sizeOf(box);
    const { width, height, dpr } = size.peek();
    if (next.width !== width || next.height !== height || next.dpr !== dpr) size.value = next;
  });
  observer.observe(box);

  let frame = 0;
  const redraw = (): void => {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  };

  let drawnSize: ReturnType<typeof sizeOf> | null = null;
  let drawnTheme: unknown = null;
  function draw(): void {
    const shown = model.peek();
    const now = size.peek();
    const theme = palette.peek();
    if (shown === null || !ready.peek() || now.width < 50 || now.height < 50) return;
    let view = chart.peek();
    if (view === null) view = createChart(canvas, shown, { ...now, theme });
    else {
      if (now !== drawnSize || theme !== drawnTheme) view.setOptions({ ...now, theme });
      view.setModel(shown);
    }
    if (now !== drawnSize) {
      canvas.style.width = `${now.width}px`;
      canvas.style.height = `${now.height}px`;
      overlay.style.width = `${now.width}px`;
      overlay.style.height = `${now.height}px`;
    }
    drawnSize = now;
    drawnTheme = theme;
    const { left, right } = view.plotArea();
    batch(() => {
      chart.value = view;
      drawn.value += 1;
      // In steps, so that a splitter or a scroll bar of a few pixels asks for nothing.
      plotPixels.value = Math.max(200, Math.ceil(((right - left) * Math.min(now.dpr, 2)) / 64) * 64);
    });
  }

  const stopDrawing = effect(() => {
    modelInput.value;
    size.value;
    palette.value;
    ready.value;
    redraw();
  });

  const stopCursor = effect(() => {
    const view = chart.value;
    drawn.value;
    const note = draft.value;
    const placed = note === null ? null : spanOf(note);
    const cursor = {
      timeMs: hoverMs.value,
      y: hoverY.value,
      pinnedMs: note?.endMs === null ? note.startMs : cursorMs.value,
      selection: selection.value ?? placed ?? pointedSpan.value,
    };
    if (view === null) return;
    view.drawCursor(overlay, cursor);
  });

  return () => {
    stopped = true;
    cancelAnimationFrame(frame);
    observer.disconnect();
    stopDrawing();
    stopCursor();
    chart.peek()?.destroy();
    chart.value = null;
  };
}

function sizeOf(box: HTMLElement): { width: number; height: number; dpr: number } {
  return { width: box.clientWidth, height: box.clientHeight, dpr: devicePixelRatio || 1 };
}
