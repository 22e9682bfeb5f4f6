// A handle that moves the log's marks along the graph, pixel for pixel; what Alt and a drag do on the log's lane itself.
import type { LogView } from '@tidemark/shared/view/data-source.js';
import { useRef } from 'preact/hooks';
import { chart } from '../graph/surface.js';
import { axis } from '../state/axis.js';
import { clockOf } from '../state/choice.js';
import { dragClock, endDrag, moveClock } from '../state/clock-moves.js';
import { widthOf } from '../state/span.js';
import { dragShift, formatShift, stepOfKey } from './offsets.js';

export function DragStrip({ log, shiftMs }: { log: LogView; shiftMs: number }) {
  const from = useRef<{ x: number; shiftMs: number; perPixel: number } | null>(null);
  const end = (keep: boolean): void => {
    if (from.current === null) return;
    from.current = null;
    endDrag(keep);
  };
  return (
    <div class="clock-row">
      <span aria-hidden="true">Move</span>
      <div
        class="drag-strip"
        role="slider"
        tabIndex={0}
        aria-label="Move the log along the graph"
        aria-valuenow={shiftMs / 1000}
        aria-valuetext={shiftMs === 0 ? 'not moved' : `moved by ${formatShift(shiftMs)}`}
        title="Drag: the marks follow on the graph. Alt and a drag on the log's lane do the same."
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          const area = chart.peek()?.plotArea();
          const pixels = area === undefined ? 1000 : Math.max(1, area.right - area.left);
          from.current = {
            x: event.clientX,
            shiftMs: clockOf(log.id).shiftMs,
            perPixel: widthOf(axis.peek()) / pixels,
          };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const begun = from.current;
          if (begun !== null) dragClock(log.id, dragShift(begun.shiftMs, event.clientX - begun.x, begun.perPixel));
        }}
        onPointerUp={() => end(true)}
        onPointerCancel={() => end(false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && from.current !== null) {
            event.stopPropagation();
            end(false);
            return;
          }
          const by = stepOfKey(event);
          if (by === null) return;
          event.preventDefault();
          const now = clockOf(log.id);
          moveClock(log.id, { ...now, shiftMs: now.shiftMs + by });
        }}
      >
        <span class="drag-grip" aria-hidden="true">
          ‹ drag, or ← → 1 s, with Shift 1 min, Page 1 h ›
        </span>
      </div>
    </div>
  );
}
