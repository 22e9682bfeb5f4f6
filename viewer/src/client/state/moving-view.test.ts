import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type MovingView, movingView, type Question, REST_MS, tileAround } from './moving-view.js';
import { covers, type Span, widthOf } from './span.js';

const PIXELS = 1000;
const WHOLE: Span = { fromMs: 0, toMs: 1_000_000 };

interface Asked {
  readonly span: Span;
  readonly pixels: number;
  readonly signal: AbortSignal;
  answer(): Promise<void>;
}

let asked: Asked[] = [];
let shown: string[] = [];
let said: unknown[] = [];
let view: MovingView<string>;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  shown = [];
  said = [];
  view = movingView<string>(
    (answer) => shown.push(answer),
    (error) => said.push(error),
  );
});
afterEach(() => vi.useRealTimers());

/** Answers are the words for their span. */
function question(key = 'a', data: unknown = null): Question<string> {
  return {
    key,
    data,
    whole: WHOLE,
    ask: (span, pixels, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')));
        const answer = async (): Promise<void> => {
          resolve(`${span.fromMs} to ${span.toMs}`);
          await vi.advanceTimersByTimeAsync(0);
        };
        asked.push({ span, pixels, signal, answer });
      }),
  };
}

const span = (fromMs: number, width = 1000): Span => ({ fromMs, toMs: fromMs + width });
const last = (): Asked => asked.at(-1) as Asked;

async function at(place: Span, of: Question<string>): Promise<void> {
  view.look(of, place, PIXELS);
  await vi.advanceTimersByTimeAsync(16);
}

/** Looked at the whole, and it was answered. */
async function opened(of: Question<string>): Promise<void> {
  await at(WHOLE, of);
  await last().answer();
  await vi.advanceTimersByTimeAsync(1000);
}

test('a view that jumps is asked for as it is', async () => {
  const one = question();
  await opened(one);
  await at(span(5000), one);
  expect(last()).toMatchObject({ span: span(5000), pixels: PIXELS });
  await last().answer();
  expect(shown.at(-1)).toBe('5000 to 6000');
});

test('a view that moves through one tile asks once, and exactly when it rests', async () => {
  const one = question();
  await opened(one);
  await at(span(5000), one);
  await last().answer();
  for (let i = 1; i <= 20; i++) {
    await at(span(5000 + i * 10), one);
    if (i === 1) await last().answer();
  }
  expect(asked).toHaveLength(3);
  expect(covers(last().span, span(5200))).toBe(true);
  await vi.advanceTimersByTimeAsync(REST_MS);
  expect(asked).toHaveLength(4);
  await last().answer();
  expect(shown.at(-1)).toBe('5200 to 6200');
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toHaveLength(4);
});

test('where the hand was before, nothing is asked', async () => {
  const one = question();
  await opened(one);
  const there = async (): Promise<void> => {
    for (let i = 0; i <= 40; i++) {
      await at(span(5000 + i * 100), one);
      if (!last().signal.aborted) await last().answer();
    }
  };
  await there();
  const before = asked.length;
  await there();
  expect(asked).toHaveLength(before);
});

test('a request that the view has left behind is aborted, and its answer is not missed', async () => {
  const one = question();
  await opened(one);
  await at(span(5000), one);
  const left = last();
  await at(span(800_000), one);
  expect(left.signal.aborted).toBe(true);
  expect(asked).toHaveLength(3);
  await last().answer();
  await vi.advanceTimersByTimeAsync(REST_MS);
  await last().answer();
  expect(shown.at(-1)).toBe('800000 to 801000');
  expect(said).toEqual([]);
});

test('a request that still shows most of the view is let be, and the newest is made after it', async () => {
  const one = question();
  await opened(one);
  for (let i = 0; i < 30; i++) await at(span(5000 + i * 10), one);
  expect(asked).toHaveLength(2);
  expect(last().signal.aborted).toBe(false);
  await last().answer();
  expect(shown.at(-1)).toBe('0 to 1000000');
  expect(asked).toHaveLength(3);
});

test('another filter gives up the request for the one before', async () => {
  const one = question('a');
  await opened(one);
  await at(span(5000), one);
  const left = last();
  await at(span(5000), question('b'));
  expect(left.signal.aborted).toBe(true);
  await last().answer();
  expect(shown.at(-1)).toBe('5000 to 6000');
});

test('new rows are asked for at once, and one answer after the other is shown', async () => {
  await opened(question('a', 1));
  await at(span(5000), question('a', 2));
  const slow = last();
  await at(span(5000), question('a', 3));
  expect(slow.signal.aborted).toBe(false);
  await slow.answer();
  expect(shown.at(-1)).toBe('5000 to 6000');
  expect(asked).toHaveLength(3);
  await last().answer();
  expect(shown).toHaveLength(3);
});

test('what went wrong is said, and the next view is asked for', async () => {
  const one = { ...question(), ask: () => Promise.reject(new Error('no answer')) };
  view.look(one, WHOLE, PIXELS);
  await vi.advanceTimersByTimeAsync(0);
  expect(said).toEqual([new Error('no answer')]);
  await opened(question());
  expect(shown).toEqual(['0 to 1000000']);
});

describe('a tile', () => {
  const whole: Span = { fromMs: 1_764_000_000_000.25, toMs: 1_764_900_000_000.75 };
  const views = Array.from({ length: 2000 }, (_, i) => {
    const width = 10 + (widthOf(whole) - 10) * ((i * 0.618_034) % 1) ** 6;
    const fromMs = whole.fromMs + (widthOf(whole) - width) * ((i * 0.414_214) % 1);
    return { fromMs, toMs: fromMs + width };
  });

  test('covers its view, is part of the whole, and has at least half of the points that the view is drawn with', () => {
    for (const one of views) {
      const tile = tileAround(one, whole, PIXELS);
      expect(covers(tile.span, one)).toBe(true);
      expect(covers(whole, tile.span)).toBe(true);
      const share = (tile.pixels * widthOf(one)) / widthOf(tile.span) / PIXELS;
      expect(share).toBeGreaterThan(0.49);
      expect(share).toBeLessThan(2.1);
    }
  });
});
