// Dragging on the overview. Inside the window it moves, at its edges it grows or shrinks, outside a new one is drawn; a click brings the window there.
import { axis, show, showAll, whole } from '../state/axis.js';
import { clampTo, type Span, widthOf } from '../state/span.js';

/** Less than this is a click. Unit: CSS pixels. */
const DRAG_PX = 4;
/** How near to an edge counts as on it. */
const EDGE_PX = 7;

export type Grip = 'move' | 'from' | 'to' | 'new';

/** What a pointer at `x` would do; all in CSS pixels of the strip. */
export function gripAt(x: number, left: number, right: number, whole: boolean): Grip {
  if (Math.abs(x - left) <= EDGE_PX && !(whole && x > left)) return 'from';
  if (Math.abs(x - right) <= EDGE_PX && !(whole && x < right)) return 'to';
  return !whole && x > left && x < right ? 'move' : 'new';
}

/** The view after a drag from `startMs` to `atMs`. */
export function dragged(grip: Grip, view: Span, all: Span, startMs: number, atMs: number): Span {
  switch (grip) {
    case 'move':
      return clampTo({ fromMs: view.fromMs + atMs - startMs, toMs: view.toMs + atMs - startMs }, all);
    case 'from':
      return ordered(atMs, view.toMs);
    case 'to':
      return ordered(view.fromMs, atMs);
    case 'new':
      return ordered(startMs, atMs);
  }
}

const ordered = (a: number, b: number): Span => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) });

export function listenForBrush(strip: HTMLElement): () => void {
  let drag: { grip: Grip; x: number; startMs: number; view: Span; moved: boolean } | null = null;
  const xOf = (event: MouseEvent): number => event.clientX - strip.getBoundingClientRect().left;
  const timeAt = (x: number): number => {
    const { fromMs, toMs } = whole.peek();
    const share = Math.min(1, Math.max(0, x / Math.max(1, strip.clientWidth)));
    return fromMs + share * (toMs - fromMs);
  };
  const placeOf = (timeMs: number): number => {
    const { fromMs, toMs } = whole.peek();
    return ((timeMs - fromMs) / (toMs - fromMs)) * strip.clientWidth;
  };
  const gripOf = (x: number): Grip => {
    const { fromMs, toMs } = axis.peek();
    const all = whole.peek();
    return gripAt(x, placeOf(fromMs), placeOf(toMs), fromMs <= all.fromMs && toMs >= all.toMs);
  };
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const x = xOf(event);
    strip.setPointerCapture(event.pointerId);
    drag = { grip: gripOf(x), x, startMs: timeAt(x), view: axis.peek(), moved: false };
  };
  const move = (event: PointerEvent): void => {
    const x = xOf(event);
    if (drag === null) {
      strip.dataset.grip = gripOf(x);
      return;
    }
    if (!drag.moved && Math.abs(x - drag.x) < DRAG_PX) return;
    drag.moved = true;
    show(dragged(drag.grip, drag.view, whole.peek(), drag.startMs, timeAt(x)));
  };
  const up = (event: PointerEvent): void => {
    const done = drag;
    drag = null;
    if (done === null || done.moved || event.type === 'pointercancel' || done.grip !== 'new') return;
    const half = widthOf(done.view) / 2;
    show(clampTo({ fromMs: done.startMs - half, toMs: done.startMs + half }, whole.peek()));
  };
  strip.addEventListener('pointerdown', down);
  strip.addEventListener('pointermove', move);
  strip.addEventListener('pointerup', up);
  strip.addEventListener('pointercancel', up);
  strip.addEventListener('dblclick', showAll);
  return () => {
    strip.removeEventListener('pointerdown', down);
    strip.removeEventListener('pointermove', move);
    strip.removeEventListener('pointerup', up);
    strip.removeEventListener('pointercancel', up);
    strip.removeEventListener('dblclick', showAll);
  };
}
