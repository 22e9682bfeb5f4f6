// Where the log's window stands in its list, and what moves it: the bar, the wheel, the keys, new lines. Rows are of one height, or
// wrap: then the window stands at a row and a share of it, rows are measured as they are drawn, and the bar counts rows.
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { following } from '../state/axis.js';
import { live } from '../state/opened.js';
import { ROW_HEIGHT } from './row-height.js';
import {
  endTop,
  isAtEnd,
  type Rows,
  scrollOfTop,
  spacerHeight,
  topAfterScroll,
  topShowing,
  visibleRows,
} from './virtual.js';
import { type DrawnRows, drawnAt, topAfterWheel, topInside } from './wrapped.js';

export interface Scroll {
  readonly box: RefObject<HTMLDivElement | null>;
  /** Holds the rows drawn, and nothing else. */
  readonly inner: RefObject<HTMLDivElement | null>;
  readonly top: number;
  readonly viewHeight: number;
  readonly spacer: number;
  /** Rows to draw. */
  readonly first: number;
  readonly end: number;
  moveTo(top: number): void;
  showRow(row: number): void;
  showEnd(): void;
  /** The list changed: what is seen stays, or its end does for whoever looks at it. */
  keepPlace(row: number): void;
  onScroll(): void;
}

export function useScroll(count: number, wrap: boolean): Scroll {
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [viewHeight, setViewHeight] = useState(300);
  // What the scroll bar stood at when `top` was last told from it.
  const scroll = useRef(0);
  const settle = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const stick = useRef(live.peek());
  const lastHeight = useRef(viewHeight);

  // Wrapped, every row may be the topmost one.
  const rows: Rows = { count, rowHeight: ROW_HEIGHT, viewHeight: wrap ? ROW_HEIGHT : viewHeight };
  const seen = Math.ceil(viewHeight / ROW_HEIGHT);
  const anchor = Math.min(Math.floor(top / ROW_HEIGHT), Math.max(0, count - 1));
  const plain = visibleRows(rows, top);
  const wrapEnd = Math.min(count, anchor + seen + EXTRA);
  // At the end the rows above fill the window.
  const first = wrap ? Math.max(0, anchor - (wrapEnd === count ? seen : EXTRA)) : plain.first;
  const end = wrap ? wrapEnd : plain.end;

  const moveTo = (next: number): void => {
    clearTimeout(settle.current);
    setTop(next);
    if (!wrap) stick.current = isAtEnd(rows, next);
    const at = scrollOfTop(rows, next);
    scroll.current = at;
    if (box.current !== null && Math.abs(box.current.scrollTop - at) > 0.5) {
      box.current.scrollTop = at;
      // The browser rounds to its own pixels.
      scroll.current = box.current.scrollTop;
    }
  };
  const showEnd = (): void => moveTo(endTop(rows));
  const showRow = (row: number): void => {
    if (!wrap) {
      moveTo(topShowing(rows, top, row));
      return;
    }
    const drawn = row >= first && row < end ? drawnAt(drawnRows(inner.current), row - first) : null;
    const { offset = 0 } = placed.current;
    if (drawn !== null && drawn.y + offset >= 0 && drawn.y + drawn.height + offset <= viewHeight) return;
    moveTo(Math.max(0, row - 1) * ROW_HEIGHT);
  };
  const keepPlace = (row: number): void => {
    if (wrap) {
      const drawn = row >= first && row < end ? drawnAt(drawnRows(inner.current), row - first) : null;
      const y = drawn === null ? Number.NaN : drawn.y + placed.current.offset;
      const wasSeen = y < lastHeight.current && y + (drawn?.height ?? 0) > 0;
      lastHeight.current = viewHeight;
      if (wasSeen) showRow(row);
      else if (stick.current && following.peek()) showEnd();
      else moveTo(Math.min(top, endTop(rows)));
      return;
    }
    const was = visibleRows({ ...rows, viewHeight: lastHeight.current }, top, 0);
    lastHeight.current = viewHeight;
    if (row >= was.first && row < was.end) moveTo(topShowing(rows, top, row));
    else moveTo(stick.current && following.peek() ? endTop(rows) : Math.min(top, endTop(rows)));
  };

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setViewHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // Puts what was drawn to its place, before it is seen.
  const placed = useRef<{ offset: number }>({ offset: 0 });
  useLayoutEffect(() => {
    const element = inner.current;
    if (element === null) return;
    if (!wrap) {
      placed.current = { offset: plain.offset };
      element.style.transform = `translateY(${plain.offset}px)`;
      return;
    }
    const at = topInside(drawnRows(element), anchor - first, (top - anchor * ROW_HEIGHT) / ROW_HEIGHT);
    const room = viewHeight - element.offsetHeight;
    const atEnd = end === count && -at <= room;
    const offset = atEnd ? Math.min(0, room) : -at;
    placed.current = { offset };
    element.style.transform = `translateY(${offset}px)`;
    stick.current = atEnd;
    if (!atEnd || first + element.children.length !== count || -at === offset) return;
    // The bar goes back to where the window really stands, once it rests.
    clearTimeout(settle.current);
    settle.current = setTimeout(() => moveTo(topAfterWheel(drawnRows(element), first, offset, 0)), 200);
  });

  // The wheel moves by pixels, whatever the rows' heights: the bar, which counts rows, follows.
  const wheel = useRef<(event: WheelEvent) => void>(() => undefined);
  wheel.current = (event) => {
    const element = inner.current;
    if (!wrap || element === null || event.ctrlKey || event.deltaY === 0) return;
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * ROW_HEIGHT : event.deltaY;
    const { offset } = placed.current;
    if (pixels > 0 && stick.current) return;
    const next = Math.min(topAfterWheel(drawnRows(element), first, offset, pixels), endTop(rows));
    if (Math.abs(next - top) < 0.01) return;
    event.preventDefault();
    moveTo(Math.max(0, next));
  };
  useLayoutEffect(() => {
    const element = box.current;
    const onWheel = (event: WheelEvent): void => wheel.current(event);
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);

  const onScroll = (): void => {
    const element = box.current;
    if (element === null || Math.abs(element.scrollTop - scroll.current) < 0.5) return;
    const next = topAfterScroll(rows, top, scroll.current, element.scrollTop);
    scroll.current = element.scrollTop;
    setTop(next);
    if (!wrap) stick.current = isAtEnd(rows, next);
    // In a list longer than its bar, small steps let the two drift apart: put the bar right once it rests.
    clearTimeout(settle.current);
    settle.current = setTimeout(() => moveTo(next), 200);
  };

  const spacer = spacerHeight(rows) + (wrap ? viewHeight - ROW_HEIGHT : 0);
  return { box, inner, top, viewHeight, spacer, first, end, moveTo, showRow, showEnd, keepPlace, onScroll };
}

/** Its children are rows. */
const drawnRows = (element: HTMLElement | null): DrawnRows => ({
  children: (element?.children ?? []) as ArrayLike<HTMLElement>,
});

/** Rows drawn beyond both edges. */
const EXTRA = 6;
