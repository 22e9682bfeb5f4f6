// Pointer and wheel on the graph. Mouse: move reads, click pins, drag zooms, Shift-drag pans, wheel zooms, double click shows
// everything, Alt-drag on a log's lane moves the log's clock; a note's flag and edges are dragged. Touch: a finger reads and pins,
// two fingers zoom. While a note is being placed, click and drag place it.
import type { ChartView } from '../../chart/chart-view.js';
import type { NoteGrip } from '../../chart/hits.js';
import { dragShift } from '../log/offsets.js';
import { axis, originOf, show, showAll, whole } from '../state/axis.js';
import { clockOf } from '../state/choice.js';
import { dragClock, endDrag } from '../state/clock-moves.js';
import { goToMark, pinAt } from '../state/jump.js';
import { hoverMs } from '../state/near-line.js';
import { editNote, moveNote, moving, notes, placing, startNote } from '../state/notes.js';
import { around, panBy, type Span, widthOf, zoomAround } from '../state/span.js';
import { chart, hoverY, selection } from './surface.js';

/** Less than this is a click with an unsteady hand. Unit: CSS pixels. */
const DRAG_PX = 5;

type Drag =
  | { readonly kind: 'press' | 'select' | 'scrub'; readonly x: number; readonly y: number; readonly fromMs: number }
  | { readonly kind: 'note'; readonly x: number; readonly y: number; readonly fromMs: number; readonly held: NoteGrip }
  | { readonly kind: 'pan'; readonly x: number; readonly y: number; readonly view: Span }
  | { readonly kind: 'shift'; readonly x: number; readonly log: string; readonly shiftMs: number }
  | { readonly kind: 'pinch'; readonly distance: number; readonly atMs: number; readonly view: Span };

export function listenForGestures(box: HTMLElement): () => void {
  const fingers = new Map<number, { x: number; y: number }>();
  let drag: Drag | null = null;

  // Asking where the box is makes the browser lay out the page at once: not in each frame of a moving view.
  let corner: { readonly left: number; readonly top: number } | null = null;
  const forget = (): void => {
    corner = null;
  };
  const resized = new ResizeObserver(forget);
  resized.observe(box);
  resized.observe(document.body);
  const place = (event: MouseEvent) => {
    corner ??= box.getBoundingClientRect();
    return { x: event.clientX - corner.left, y: event.clientY - corner.top };
  };
  /** Inside the plot's width; times beyond its edges are of no use. */
  const timeIn = (view: ChartView, x: number): number => {
    const { left, right } = view.plotArea();
    return view.timeAt(Math.min(Math.max(x, left), right));
  };

  const down = (event: PointerEvent): void => {
    const view = chart.peek();
    if (view === null || event.button !== 0 || onControl(event)) return;
    forget();
    const { x, y } = place(event);
    box.setPointerCapture(event.pointerId);
    if (event.pointerType === 'touch') {
      fingers.set(event.pointerId, { x, y });
      if (fingers.size === 2) {
        drag = pinchOf(view);
        selection.value = null;
        return;
      }
    }
    const fromMs = timeIn(view, x);
    const lane = event.altKey ? view.laneAt(y) : null;
    const held = placing.peek() ? null : view.noteGripAt(x, y);
    if (lane !== null) drag = { kind: 'shift', x, log: lane, shiftMs: clockOf(lane).shiftMs };
    else if (held !== null) drag = { kind: 'note', x, y, fromMs, held };
    else if (placing.peek()) drag = { kind: 'select', x, y, fromMs };
    else if (event.shiftKey) drag = { kind: 'pan', x, y, view: axis.peek() };
    else drag = { kind: event.pointerType === 'touch' ? 'scrub' : 'press', x, y, fromMs };
  };

  const pinchOf = (view: ChartView): Drag | null => {
    const [a, b] = [...fingers.values()];
    if (a === undefined || b === undefined) return null;
    const distance = Math.max(20, Math.abs(a.x - b.x));
    return { kind: 'pinch', distance, atMs: timeIn(view, (a.x + b.x) / 2), view: axis.peek() };
  };

  const move = (event: PointerEvent): void => {
    const view = chart.peek();
    if (view === null) return;
    const { x, y } = place(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, { x, y });
    if (drag === null) {
      hover(view, x, y, event);
      return;
    }
    if (drag.kind === 'pinch') {
      const [a, b] = [...fingers.values()];
      if (a === undefined || b === undefined) return;
      const distance = Math.max(20, Math.abs(a.x - b.x));
      show(zoomAround(drag.view, whole.peek(), drag.atMs, drag.distance / distance));
      return;
    }
    if (drag.kind === 'shift') {
      const { left, right } = view.plotArea();
      hoverMs.value = null;
      box.dataset.cursor = 'grabbing';
      dragClock(drag.log, dragShift(drag.shiftMs, x - drag.x, widthOf(axis.peek()) / Math.max(1, right - left)));
      return;
    }
    if (drag.kind === 'pan') {
      const { left, right } = view.plotArea();
      const perPixel = widthOf(drag.view) / Math.max(1, right - left);
      hoverMs.value = null;
      box.dataset.cursor = 'grabbing';
      show(panBy(drag.view, whole.peek(), (drag.x - x) * perPixel));
      return;
    }
    const at = timeIn(view, x);
    hoverMs.value = at;
    hoverY.value = y;
    if (drag.kind === 'note') {
      if (moving.peek() !== null || Math.abs(x - drag.x) >= DRAG_PX)
        moving.value = movedTo(drag.held, at - drag.fromMs);
      return;
    }
    if (drag.kind === 'scrub') return;
    if (drag.kind === 'press' && Math.abs(x - drag.x) >= DRAG_PX) drag = { ...drag, kind: 'select' };
    if (drag.kind === 'select') selection.value = inOrder(drag.fromMs, at);
  };

  const up = (event: PointerEvent): void => {
    fingers.delete(event.pointerId);
    const view = chart.peek();
    const done = drag;
    drag = null;
    const dragged = selection.peek();
    selection.value = null;
    const moved = moving.peek();
    moving.value = null;
    delete box.dataset.cursor;
    if (done?.kind === 'shift') endDrag(event.type !== 'pointercancel');
    if (view === null || done === null || event.type === 'pointercancel') return;
    const { x, y } = place(event);
    if (done.kind === 'note') {
      if (moved === null) click(view, x, y);
      else keepMoved(done.held.note.id, moved);
    } else if (done.kind === 'scrub') {
      hoverMs.value = null;
      click(view, x, y);
    } else if (done.kind === 'press') click(view, x, y);
    else if (done.kind === 'select') {
      const far = Math.abs(x - done.x) >= DRAG_PX;
      if (placing.peek()) startNote(done.fromMs, far && dragged !== null ? timeIn(view, x) : null);
      else if (far && dragged !== null) show(dragged);
    }
  };

  const leave = (): void => {
    if (drag !== null) return;
    hoverMs.value = null;
    hoverY.value = null;
  };

  const wheel = (event: WheelEvent): void => {
    const view = chart.peek();
    if (view === null || onControl(event)) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const { left, right } = view.plotArea();
    const now = axis.peek();
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    if (event.shiftKey || Math.abs(sideways) > Math.abs(event.deltaY)) {
      show(panBy(now, whole.peek(), (sideways * unit * widthOf(now)) / Math.max(1, right - left)));
      return;
    }
    const { x } = place(event);
    show(zoomAround(now, whole.peek(), timeIn(view, x), Math.exp(event.deltaY * unit * 0.002)));
  };

  const doubleClick = (event: MouseEvent): void => {
    if (!onControl(event) && !placing.peek()) showAll();
  };

  box.addEventListener('pointerenter', forget);
  box.addEventListener('pointerdown', down);
  box.addEventListener('pointermove', move);
  box.addEventListener('pointerup', up);
  box.addEventListener('pointercancel', up);
  box.addEventListener('pointerleave', leave);
  box.addEventListener('wheel', wheel, { passive: false });
  box.addEventListener('dblclick', doubleClick);
  addEventListener('scroll', forget, { capture: true, passive: true });
  return () => {
    resized.disconnect();
    removeEventListener('scroll', forget, { capture: true });
    box.removeEventListener('pointerenter', forget);
    box.removeEventListener('pointerdown', down);
    box.removeEventListener('pointermove', move);
    box.removeEventListener('pointerup', up);
    box.removeEventListener('pointercancel', up);
    box.removeEventListener('pointerleave', leave);
    box.removeEventListener('wheel', wheel);
    box.removeEventListener('dblclick', doubleClick);
  };

  function hover(view: ChartView, x: number, y: number, event: PointerEvent): void {
    const { left, right } = view.plotArea();
    if (x < left - 1 || x > right + 1 || onControl(event)) {
      hoverMs.value = null;
      hoverY.value = null;
      delete box.dataset.cursor;
      return;
    }
    hoverMs.value = view.timeAt(x);
    hoverY.value = y;
    const strip = view.layout(y).phases;
    const onName = strip !== null && y >= strip.top && y <= strip.bottom && view.phaseAt(x, y) !== null;
    const grip = view.noteGripAt(x, y)?.grip;
    if (event.altKey && view.laneAt(y) !== null) box.dataset.cursor = 'grab';
    else if (grip !== undefined) box.dataset.cursor = grip === 'move' ? 'pointer' : 'edge';
    else if (onName || view.markAt(x, y) !== null) box.dataset.cursor = 'pointer';
    else delete box.dataset.cursor;
  }
}

/** Where a held note would be after a drag of so many ms. */
function movedTo({ note, grip }: NoteGrip, byMs: number) {
  const { id, startMs, endMs } = note;
  return {
    id,
    startMs: grip === 'end' ? startMs : startMs + byMs,
    endMs: endMs === null || grip === 'start' ? endMs : endMs + byMs,
  };
}

function keepMoved(id: string, { startMs, endMs }: { startMs: number; endMs: number | null }): void {
  for (const [recording, list] of notes.peek()) {
    const note = list.find((one) => one.id === id);
    if (note === undefined) continue;
    const origin = originOf(recording);
    void moveNote(recording, note, startMs + origin, endMs === null ? null : endMs + origin);
  }
}

/** A mark goes to its line, a note opens, a phase's name fills the view, anywhere else pins the cursor. */
function click(view: ChartView, x: number, y: number): void {
  const note = view.noteAt(x, y);
  if (note !== null) {
    for (const [recording, list] of notes.peek()) {
      const kept = list.find(({ id }) => id === note.note.id);
      if (kept !== undefined) editNote(recording, kept);
    }
    return;
  }
  const mark = view.markAt(x, y);
  if (mark !== null) {
    void goToMark(mark.log, mark.mark.line, mark.mark.timeMs);
    return;
  }
  const strip = view.layout(y).phases;
  const phase = strip !== null && y >= strip.top && y <= strip.bottom ? view.phaseAt(x, y) : null;
  if (phase !== null) {
    show(around({ fromMs: phase.startMs, toMs: phase.endMs }, whole.peek()));
    return;
  }
  const { left, right } = view.plotArea();
  if (x >= left - DRAG_PX && x <= right + DRAG_PX) void pinAt(view.timeAt(Math.min(Math.max(x, left), right)));
}

function inOrder(a: number, b: number): Span {
  return { fromMs: Math.min(a, b), toMs: Math.max(a, b) };
}

/** What lies over the canvas (a note's field, its buttons) has its own clicks. */
function onControl(event: Event): boolean {
  return event.target instanceof Element && event.target.closest('[data-control]') !== null;
}
