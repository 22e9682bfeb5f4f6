// The whole span under the graph: where one is in it, and the way to elsewhere.
import { computed, effect } from '@preact/signals';
import { formatInstant } from '@tidemark/shared/chart/captions.js';
import { useEffect, useRef } from 'preact/hooks';
import { keyOnGraph } from '../graph/keys.js';
import { chart, drawn } from '../graph/surface.js';
import { axis, restingAxis, whole } from '../state/axis.js';
import { cursorMs } from '../state/choice.js';
import { overview } from '../state/overview.js';
import { widthOf } from '../state/span.js';
import { palette } from '../state/theme.js';
import { listenForBrush } from './brush.js';
import { drawOverview } from './draw.js';

export function OverviewStrip() {
  const strip = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { lines, entries } = overview.value;
  const empty = lines.length === 0 && entries === null;

  useEffect(() => {
    const [box, surface] = [strip.current, canvas.current];
    if (box === null || surface === null) return;
    let frame = 0;
    const redraw = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const size = { width: box.clientWidth, height: box.clientHeight, dpr: devicePixelRatio || 1 };
        if (size.width > 20) drawOverview(surface, overview.peek(), whole.peek(), size, palette.peek());
      });
    };
    const stopDrawing = effect(() => {
      overview.value;
      whole.value;
      palette.value;
      redraw();
    });
    const observer = new ResizeObserver(redraw);
    observer.observe(box);
    const stopBrush = listenForBrush(box);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      stopBrush();
      stopDrawing();
    };
  }, []);

  return (
    <div class={`overview${empty ? ' overview-empty' : ''}`} style={edges}>
      <div
        ref={strip}
        class="overview-strip"
        role="slider"
        tabIndex={0}
        aria-label="View in the whole recording"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={middle}
        aria-valuetext={inWords}
        title="Drag to look at a span, double click for everything"
        onKeyDown={(event) => {
          // Arrows move the view here, not the cursor.
          const pans = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
          const asked = pans && !event.shiftKey ? shifted(event) : event;
          if (event.key === 'Enter' || !keyOnGraph(asked)) return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <canvas ref={canvas} class="overview-canvas" />
        <span class="overview-dim" style={leftOut} />
        <span class="overview-dim" style={rightOut} />
        <span class="overview-window" style={looked} />
        <span class="overview-cursor" style={pinned} />
      </div>
    </div>
  );
}

// What moves with the view goes into the page as it is: in a frame no component is made anew.

function shareOf(timeMs: number): number {
  const all = whole.value;
  return Math.min(1, Math.max(0, (timeMs - all.fromMs) / widthOf(all)));
}

const view = computed(() => ({ from: shareOf(axis.value.fromMs), to: shareOf(axis.value.toMs) }));
const leftOut = computed(() => `left: 0; width: ${view.value.from * 100}%`);
const rightOut = computed(() => `left: ${view.value.to * 100}%; right: 0`);
const looked = computed(() => {
  const { from, to } = view.value;
  return from === 0 && to === 1 ? 'display: none' : `left: ${from * 100}%; width: ${(to - from) * 100}%`;
});
const middle = computed(() => Math.round(((view.value.from + view.value.to) / 2) * 100));
const inWords = computed(() => {
  const time = restingAxis.value;
  return `${formatInstant(time.fromMs, time)} to ${formatInstant(time.toMs, time)}`;
});
const pinned = computed(() => (cursorMs.value === null ? 'display: none' : `left: ${shareOf(cursorMs.value) * 100}%`));

/** As wide as the plot above it, so that both mean the same instants when everything is in view. */
const edges = computed((): string => {
  drawn.value;
  const shown = chart.value;
  if (shown === null) return 'padding-left: 60px; padding-right: 18px';
  const { plot, outer } = shown.layout();
  return `padding-left: ${plot.left + 4}px; padding-right: ${Math.max(0, outer.right - plot.right) + 4}px`;
});

const shifted = (event: KeyboardEvent): KeyboardEvent =>
  new KeyboardEvent('keydown', { key: event.key, shiftKey: true });
