// The memory graph: the canvas, what is laid over it, and its words for who cannot see it.
import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { NoteEditor } from '../notes/editor.js';
import { axis } from '../state/axis.js';
import { hasModel, model, restingModel } from '../state/chart-model.js';
import { cursorMs } from '../state/choice.js';
import { announce } from '../state/messages.js';
import { placing } from '../state/notes.js';
import { logs, recordings, status } from '../state/opened.js';
import { CursorFlag } from './cursor-flag.js';
import { listenForGestures } from './gestures.js';
import { keyOnGraph } from './keys.js';
import { readAloud, readoutAt, withPanels } from './readout.js';
import { ReadoutBox } from './readout-box.js';
import { summaryOf } from './summary.js';
import { mountSurface } from './surface.js';

export const GRAPH_ID = 'memory-graph';

export function Graph() {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const summary = useComputed(() =>
    restingModel.value === null ? 'Nothing is drawn yet.' : summaryOf(restingModel.value),
  );

  useEffect(() => {
    if (box.current === null || canvas.current === null || overlay.current === null) return;
    const stopSurface = mountSurface(box.current, canvas.current, overlay.current);
    const stopGestures = listenForGestures(box.current);
    return () => {
      stopGestures();
      stopSurface();
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== box.current || !keyOnGraph(event)) return;
    event.preventDefault();
    event.stopPropagation();
    const at = cursorMs.peek();
    const shown = model.peek();
    const first = recordings.peek()[0];
    const start = first === undefined ? null : (first.alignMs ?? first.startMs);
    if (shown === null) return;
    if (at !== null && event.key.startsWith('Arrow') && !event.shiftKey)
      announce(readAloud(readoutAt(withPanels(shown), at, start)));
    else announce(`Showing ${summaryOf({ ...shown, time: axis.peek() }).split('. ')[0]}`);
  };

  // A log without instants gives nothing to draw, however long one waits.
  const drawable = recordings.value.length > 0 || logs.value.some(({ facts }) => facts.dated > 0);
  const waiting = drawable || status.value.kind === 'loading';
  return (
    <div
      id={GRAPH_ID}
      ref={box}
      class={`graph${placing.value ? ' graph-placing' : ''}`}
      // An application: arrows, plus and minus belong to the graph, not to the screen reader.
      role="application"
      aria-roledescription="graph"
      aria-label="Memory over time"
      aria-describedby="graph-summary"
      aria-busy={!hasModel.value && waiting}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is interactive, by the keys of keys.ts
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} class="graph-canvas" />
      <canvas ref={overlay} class="graph-overlay" />
      {!hasModel.value && (waiting ? <Skeleton /> : <NoSamples />)}
      <CursorFlag />
      <ReadoutBox />
      <NoteEditor />
      {placing.value && (
        <p class="graph-hint" role="status">
          Click an instant or drag a span for the note. Enter takes the cursor's instant, Escape cancels.
        </p>
      )}
      <p id="graph-summary" class="sr-only">
        {summary}
      </p>
    </div>
  );
}

function NoSamples() {
  return <p class="graph-none">No samples are open. Drop a CSV with a time column beside the log.</p>;
}

/** The place of the graph while nothing is known: same size, so that nothing jumps. */
function Skeleton() {
  return (
    <svg class="graph-skeleton" viewBox="0 0 1000 300" preserveAspectRatio="none" aria-hidden="true">
      <path d="M0 280 C60 276 70 120 140 110 S300 90 420 96 S620 40 700 44 S860 160 1000 170" />
      <path d="M0 300H1000M0 200H1000M0 100H1000" class="graph-skeleton-grid" />
    </svg>
  );
}
