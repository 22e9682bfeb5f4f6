// Zooming and panning: a span of the time axis inside the whole. Pure; times are those of the axis, in ms.

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Narrower than this there is nothing to see: samples are milliseconds apart at best. */
export const NARROWEST_MS = 10;

export const widthOf = ({ fromMs, toMs }: Span): number => toMs - fromMs;

/** The same width moved inside the whole; the whole itself when it is wider. Never narrower than `NARROWEST_MS`. */
export function clampTo(span: Span, whole: Span): Span {
  const width = Math.max(widthOf(span), Math.min(NARROWEST_MS, widthOf(whole)));
  if (width >= widthOf(whole)) return { fromMs: whole.fromMs, toMs: whole.toMs };
  const fromMs = Math.min(Math.max(span.fromMs, whole.fromMs), whole.toMs - width);
  return { fromMs, toMs: fromMs + width };
}

/** Width times `factor` (below 1 zooms in); the instant `atMs` stays where it is on the screen. */
export function zoomAround(span: Span, whole: Span, atMs: number, factor: number): Span {
  const width = Math.max(NARROWEST_MS, widthOf(span) * factor);
  const share = (atMs - span.fromMs) / widthOf(span);
  const fromMs = atMs - share * width;
  return clampTo({ fromMs, toMs: fromMs + width }, whole);
}

export function panBy(span: Span, whole: Span, ms: number): Span {
  return clampTo({ fromMs: span.fromMs + ms, toMs: span.toMs + ms }, whole);
}

/** The span so that the instant is comfortably in view: unchanged when it is, else moved to put it in the middle. */
export function including(span: Span, whole: Span, atMs: number): Span {
  const edge = widthOf(span) * 0.02;
  if (atMs >= span.fromMs + edge && atMs <= span.toMs - edge) return span;
  if (atMs < whole.fromMs || atMs > whole.toMs) return span;
  return panBy(span, whole, atMs - (span.fromMs + span.toMs) / 2);
}

/** A stretch with some air on both sides, as when a phase is clicked. */
export function around({ fromMs, toMs }: Span, whole: Span): Span {
  const air = Math.max((toMs - fromMs) * 0.15, NARROWEST_MS);
  const from = Math.max(whole.fromMs, fromMs - air);
  const to = Math.min(whole.toMs, toMs + air);
  return clampTo({ fromMs: from, toMs: to }, whole);
}

export function covers(span: Span, whole: Span): boolean {
  return span.fromMs <= whole.fromMs && span.toMs >= whole.toMs;
}
