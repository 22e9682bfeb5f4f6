// What is asked for as the view moves. An answer for each step would cost a request, and its unpacking, in every frame. So while a
// view moves a wider span is asked for, one of a fixed grid that many views lie in, and the view itself once it rests. A request
// whose answer would no longer be drawn is given up.
import { AnswerCache, densityOf, type Kept } from './answer-cache.js';
import { covers, type Span, widthOf } from './span.js';

/** A view that moves again within this time is moving. Unit: ms. */
export const REST_MS = 150;
/** Of the points that a view at rest has; nobody tells columns of two pixels from those of one while they move. */
const ENOUGH = 0.49;

/** An answer that covers less than this share of the view is not waited for. */
const WORTH = 0.5;

/** What is asked, whatever the span. Is another object when its answers are others. */
export interface Question<Answer> {
  /** Questions of the same key are about the same things, of newer data maybe: an answer to one may stand in for the other's. */
  readonly key: string;
  readonly data: unknown;
  /** What a view lies in. */
  readonly whole: Span;
  ask(span: Span, pixels: number, signal: AbortSignal): Promise<Answer>;
}

export interface MovingView<Answer> {
  /** To be called when the question or the view has changed. `pixels`: how wide the view is drawn. */
  look(question: Question<Answer>, view: Span, pixels: number): void;
  /** Gives up what is under way and forgets what was answered: it came from elsewhere. */
  forget(): void;
}

type Wish = 'exact' | 'rough';

interface Flight<Answer> {
  readonly question: Question<Answer>;
  readonly span: Span;
  readonly pixels: number;
  readonly given: AbortController;
}

export function movingView<Answer>(
  show: (answer: Answer) => void,
  onError: (error: unknown) => void,
): MovingView<Answer> {
  const lately = new AnswerCache<Answer>();
  let now: { readonly question: Question<Answer>; readonly view: Span; readonly pixels: number } | null = null;
  let drawn: Kept<Answer> | null = null;
  let flight: Flight<Answer> | null = null;
  /** To be done when the request under way has been answered. */
  let wish: Wish | null = null;
  let changedAt = Number.NEGATIVE_INFINITY;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const put = (kept: Kept<Answer>): void => {
    if (kept === drawn) return;
    drawn = kept;
    show(kept.answer);
  };

  const about = (kept: Kept<Answer>): boolean => kept.key === now?.question.key && kept.data === now.question.data;
  const will = (kept: Kept<Answer>): boolean =>
    now !== null &&
    about(kept) &&
    covers(kept.span, now.view) &&
    densityOf(kept) >= ENOUGH * densityOf({ span: now.view, pixels: now.pixels });
  const isExact = (kept: Kept<Answer>): boolean =>
    now !== null && about(kept) && same(kept.span, now.view) && kept.pixels === now.pixels;

  /** Whether it should be drawn instead of what is drawn, though it is not exactly what was asked for. */
  const betters = (kept: Kept<Answer>): boolean => {
    if (now === null || kept.key !== now.question.key) return false;
    if (drawn === null || drawn.key !== kept.key) return true;
    return !will(drawn) && (covers(kept.span, now.view) || !covers(drawn.span, now.view));
  };

  /** What is drawn ends inside the view: another answer takes its place until the right one comes. */
  const standIn = (): void => {
    if (now === null || (drawn?.key === now.question.key && covers(drawn.span, now.view))) return;
    const best = lately.best(now.question.key, now.view);
    if (best !== null && covers(best.span, now.view)) put(best);
  };

  const meet = (wanted: Wish): void => {
    if (now === null) return;
    const { question, view, pixels } = now;
    const enough = wanted === 'exact' ? isExact : will;
    if (drawn !== null && enough(drawn)) return;
    const kept = lately.coarsest(enough);
    if (kept !== null) {
      put(kept);
      return;
    }
    if (flight !== null) {
      // Where answers are slower than the view moves, or than rows come, those that show most of it are still to be shown.
      if (flight.question.key === question.key && shared(flight.span, view) >= WORTH * widthOf(view)) {
        wish = wanted;
        return;
      }
      flight.given.abort();
    }
    const asked = wanted === 'exact' ? { span: view, pixels } : tileAround(view, question.whole, pixels);
    void fly({ question, ...asked, given: new AbortController() });
  };

  async function fly(own: Flight<Answer>): Promise<void> {
    flight = own;
    wish = null;
    const { question, span, pixels, given } = own;
    let kept: Kept<Answer> | null = null;
    try {
      const answer = await question.ask(span, pixels, given.signal);
      kept = { key: question.key, data: question.data, span, pixels, answer };
    } catch (error) {
      if (flight === own) onError(error);
    }
    if (flight !== own) return;
    flight = null;
    if (kept !== null) {
      lately.put(kept);
      if (isExact(kept) || betters(kept)) put(kept);
    }
    if (wish !== null) meet(wish);
  }

  return {
    look(question, view, pixels) {
      const before = now;
      const moved = before !== null && before.question === question && before.pixels === pixels;
      if (moved && same(before.view, view)) return;
      now = { question, view, pixels };
      const at = performance.now();
      const moving = moved && at - changedAt < REST_MS;
      if (moved) changedAt = at;
      clearTimeout(rest);
      standIn();
      meet(moving ? 'rough' : 'exact');
      if (moving) rest = setTimeout(() => meet('exact'), REST_MS);
    },
    forget() {
      flight?.given.abort();
      flight = null;
      clearTimeout(rest);
      lately.clear();
      drawn = null;
      now = null;
    },
  };
}

const shared = (a: Span, b: Span): number => Math.min(a.toMs, b.toMs) - Math.max(a.fromMs, b.fromMs);
const same = (a: Span, b: Span): boolean => a.fromMs === b.fromMs && a.toMs === b.toMs;

/**
 * The tile of a view and the pixels to ask it for. Tiles of a level are the whole, a half, a quarter ... of it wide and stand half of
 * that apart: a view lies in one that is 2 to 4 times as wide as itself. Views wider than half have the whole.
 */
export function tileAround(view: Span, whole: Span, pixels: number): { span: Span; pixels: number } {
  const level = Math.max(0, Math.floor(Math.log2(widthOf(whole) / (2 * widthOf(view)))));
  const width = widthOf(whole) / 2 ** level;
  const at = whole.fromMs + Math.floor((view.fromMs - whole.fromMs) / (width / 2)) * (width / 2);
  // A millisecond more at each side: sums of large numbers are not exact, and a tile has to cover its views.
  const span = { fromMs: Math.max(whole.fromMs, at - 1), toMs: Math.min(whole.toMs, at + width + 1) };
  return { span, pixels: Math.ceil((2 * pixels * widthOf(span)) / width) };
}
