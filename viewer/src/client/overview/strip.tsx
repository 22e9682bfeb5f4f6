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

  const all = whole.value;
  const now = axis.value;
  const share = (timeMs: number): number => Math.min(1, Math.max(0, (timeMs - all.fromMs) / widthOf(all)));
  const [from, to] = [share(now.fromMs), share(now.toMs)];
  const cursor = cursorMs.value;
  const said = restingAxis.value;
  return (
    <div class={`overview${empty ? ' overview-empty' : ''}`} style={edges.value}>
      <div
        ref={strip}
        class="overview-strip"
        role="slider"
        tabIndex={0}
        aria-label="View in the whole recording"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(((from + to) / 2) * 100)}
        aria-valuetext={`${formatInstant(said.fromMs, said)} to ${formatInstant(said.toMs, said)}`}
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
        <span class="overview-dim" style={{ left: '0', width: `${from * 100}%` }} />
        <span class="overview-dim" style={{ left: `${to * 100}%`, right: '0' }} />
        {from + (1 - to) > 0 && (
          <span class="overview-window" style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }} />
        )}
        {cursor !== null && <span class="overview-cursor" style={{ left: `${share(cursor) * 100}%` }} />}
      </div>
    </div>
  );
}

/** As wide as the plot above it, so that both mean the same instants when everything is in view. */
const edges = computed((): string => {
  drawn.value;
  const view = chart.value;
  if (view === null) return 'padding-left: 60px; padding-right: 18px';
  const { plot, outer } = view.layout();
  return `padding-left: ${plot.left + 4}px; padding-right: ${Math.max(0, outer.right - plot.right) + 4}px`;
});

const shifted = (event: KeyboardEvent): KeyboardEvent =>
  new KeyboardEvent('keydown', { key: event.key, shiftKey: true });
