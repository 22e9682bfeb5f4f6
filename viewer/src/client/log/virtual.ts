// Which rows of a very long list are on the screen. Browsers clamp an element's height (Chromium near 33 million pixels,
// Firefox near 18), so beyond a limit the scroll bar is scaled: a drag of it covers the whole list, while small steps (wheel,
// keys, touch) still move row by row. Pure; all sizes in CSS pixels.

/** Below what every browser can do, also when zoomed in. */
export const TALLEST = 8_000_000;

export interface Rows {
  readonly count: number;
  readonly rowHeight: number;
  /** Height of the window onto the list. */
  readonly viewHeight: number;
}

/** Height of the list as if there were no limit. */
export const listHeight = ({ count, rowHeight }: Rows): number => count * rowHeight;

/** Height of the element that gives the scroll bar its length. */
export function spacerHeight(rows: Rows): number {
  return Math.min(TALLEST, listHeight(rows));
}

const lastTop = (rows: Rows): number => Math.max(0, listHeight(rows) - rows.viewHeight);
const lastScroll = (rows: Rows): number => Math.max(0, spacerHeight(rows) - rows.viewHeight);

/** Top of the view in the list, from where the scroll bar stands. */
export function topOfScroll(rows: Rows, scroll: number): number {
  const last = lastScroll(rows);
  if (last === 0) return 0;
  if (listHeight(rows) <= TALLEST) return clamp(scroll, lastTop(rows));
  return clamp((scroll / last) * lastTop(rows), lastTop(rows));
}

/** Where the scroll bar stands for a top of the view in the list. */
export function scrollOfTop(rows: Rows, top: number): number {
  const last = lastTop(rows);
  if (last === 0) return 0;
  if (listHeight(rows) <= TALLEST) return clamp(top, last);
  return (clamp(top, last) / last) * lastScroll(rows);
}

/**
 * The new top after the scroll bar moved from `before` to `after`.
 *
 * A step of up to two views is taken as pixels of the list; more is a drag of the bar, which is taken as a share of it.
 */
export function topAfterScroll(rows: Rows, top: number, before: number, after: number): number {
  const step = after - before;
  const atAnEnd = after <= 0 || after >= lastScroll(rows);
  if (listHeight(rows) <= TALLEST || atAnEnd || Math.abs(step) > 2 * rows.viewHeight) return topOfScroll(rows, after);
  return clamp(top + step, lastTop(rows));
}

export interface Visible {
  /** Index of the first row drawn, and one past the last. */
  readonly first: number;
  readonly end: number;
  /** How far the first row drawn is pushed, relative to the view's top: zero or less. */
  readonly offset: number;
}

/** Rows to draw, a few more than are seen on both sides. */
export function visibleRows(rows: Rows, top: number, extra = 6): Visible {
  const at = clamp(top, lastTop(rows));
  const first = Math.max(0, Math.floor(at / rows.rowHeight) - extra);
  const end = Math.min(rows.count, Math.ceil((at + rows.viewHeight) / rows.rowHeight) + extra);
  return { first, end: Math.max(first, end), offset: first * rows.rowHeight - at };
}

/** The top that brings a row into view: unchanged when it is, else with the row a third from the top. */
export function topShowing(rows: Rows, top: number, row: number): number {
  const y = row * rows.rowHeight;
  const at = clamp(top, lastTop(rows));
  if (y >= at + rows.rowHeight && y + 2 * rows.rowHeight <= at + rows.viewHeight) return at;
  return clamp(y - rows.viewHeight / 3, lastTop(rows));
}

export function isAtEnd(rows: Rows, top: number): boolean {
  return top >= lastTop(rows) - rows.rowHeight / 2;
}

export function endTop(rows: Rows): number {
  return lastTop(rows);
}

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
