// What a row of a table has to say about a span of the graph: while the pointer or the focus is on it, the graph shows it.
import { pointedSpan } from '../state/near-line.js';
import type { Span } from '../state/span.js';

export function pointsAt(span: Span | null) {
  const on = (): void => {
    pointedSpan.value = span;
  };
  const off = (): void => {
    pointedSpan.value = null;
  };
  return { onMouseEnter: on, onMouseLeave: off, onFocusCapture: on, onBlurCapture: off };
}
