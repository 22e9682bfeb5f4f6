// Keys on the focused graph, and those that work anywhere on the page. help/sheet.tsx lists them for people.

import { VALUE_SCALES } from '@tidemark/shared/chart/value-scale.js';
import { showHelp } from '../help/help-shown.js';
import { axis, follow, following, pause, show, showAll, whole, zoomed } from '../state/axis.js';
import { choose, chosenScale, chosenSuspect, cursorMs } from '../state/choice.js';
import { pinAt, unpin } from '../state/jump.js';
import { unlight } from '../state/lit.js';
import { hoverMs } from '../state/near-line.js';
import { draft, moving, placing, startNote, undoNote } from '../state/notes.js';
import { live } from '../state/opened.js';
import { toggleNumbered } from '../state/shown-lines.js';
import { clampTo, panBy, widthOf, zoomAround } from '../state/span.js';
import { stepToError, stepToHit } from '../state/steps.js';

/** A step of the cursor and of panning, as shares of what is in view. */
const CURSOR_STEP = 0.01;
const PAN_STEP = 0.2;
const ZOOM_STEP = 0.6;

/** Returns true when the key meant something to the graph. */
export function keyOnGraph(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const now = axis.peek();
  const all = whole.peek();
  const middle = (now.fromMs + now.toMs) / 2;
  const cursor = cursorMs.peek();
  const inView = cursor !== null && cursor >= now.fromMs && cursor <= now.toMs;
  const center = inView ? cursor : middle;
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowRight': {
      const sign = event.key === 'ArrowLeft' ? -1 : 1;
      if (event.shiftKey) show(panBy(now, all, sign * PAN_STEP * widthOf(now)));
      else moveCursor((inView ? cursor : middle) + (inView ? sign * CURSOR_STEP * widthOf(now) : 0));
      return true;
    }
    case 'Home':
      moveCursor(all.fromMs);
      return true;
    case 'End':
      moveCursor(all.toMs);
      return true;
    case '+':
    case '=':
    case 'ArrowUp':
      show(zoomAround(now, all, center, ZOOM_STEP));
      return true;
    case '-':
    case '_':
    case 'ArrowDown':
      show(zoomAround(now, all, center, 1 / ZOOM_STEP));
      return true;
    case 'Enter':
      if (placing.peek()) startNote(center, null);
      else void pinAt(center);
      return true;
    default:
      return false;
  }
}

function moveCursor(to: number): void {
  const all = whole.peek();
  const at = Math.min(Math.max(to, all.fromMs), all.toMs);
  const now = axis.peek();
  if (at < now.fromMs || at > now.toMs) {
    const half = widthOf(now) / 2;
    show(clampTo({ fromMs: at - half, toMs: at + half }, all));
  }
  void pinAt(at);
}

/** Keys that work wherever the focus is, except in a field. */
export function keyAnywhere(event: KeyboardEvent, focusGraph: () => void, focusSearch: () => void): boolean {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z') return undoNote();
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (/^[1-9]$/.test(event.key)) return toggleNumbered(Number(event.key));
  switch (event.key) {
    case '?':
      showHelp();
      return true;
    case '/':
      focusSearch();
      return true;
    case 'e':
    case 'E':
      void stepToError(event.key === 'e');
      return true;
    case 'n':
    case 'N':
      void stepToHit(event.key === 'n');
      return true;
    case 'a': {
      const hovered = hoverMs.peek();
      if (hovered !== null) startNote(hovered, null);
      else {
        placing.value = true;
        focusGraph();
      }
      return true;
    }
    case 'f':
      if (live.peek()) {
        if (following.peek()) pause();
        else follow();
      }
      return live.peek();
    case 'l': {
      const now = VALUE_SCALES.indexOf(chosenScale.peek());
      choose({ scale: VALUE_SCALES[(now + 1) % VALUE_SCALES.length] ?? 'zero' });
      return true;
    }
    case '0':
      showAll();
      return true;
    case 'Escape':
      return stepBack();
    default:
      return false;
  }
}

/** Takes back one thing at a time: what is being done first, then the zoom, then the cursor. */
function stepBack(): boolean {
  if (moving.peek() !== null) moving.value = null;
  else if (draft.peek() !== null) draft.value = null;
  else if (placing.peek()) placing.value = false;
  else if (chosenSuspect.peek() !== null) unlight();
  else if (zoomed.peek()) showAll();
  else if (cursorMs.peek() !== null) unpin();
  else return false;
  return true;
}
