import { describe, expect, test } from 'vitest';
import { around, clampTo, including, panBy, type Span, zoomAround } from './span.js';

const span = (fromMs: number, toMs: number): Span => ({ fromMs, toMs });
const WHOLE = span(0, 1000);

describe('zooming', () => {
  test.each([
    ['in around the middle', span(0, 1000), 500, 0.5, span(250, 750)],
    ['in around the left edge', span(0, 1000), 0, 0.5, span(0, 500)],
    ['in around a point keeps its place', span(200, 600), 300, 0.5, span(250, 450)],
    ['out past the whole gives the whole', span(200, 600), 300, 10, WHOLE],
    ['out at the edge stays inside', span(0, 100), 90, 2, span(0, 200)],
    ['in beyond the narrowest stops there', span(500, 520), 510, 0.01, span(505, 515)],
  ])('%s', (_, from, at, factor, expected) => {
    expect(zoomAround(from, WHOLE, at, factor)).toEqual(expected);
  });
});

describe('panning', () => {
  test.each([
    ['moves', span(100, 300), 50, span(150, 350)],
    ['stops at the start', span(100, 300), -500, span(0, 200)],
    ['stops at the end', span(100, 300), 5000, span(800, 1000)],
    ['does nothing when everything is in view', WHOLE, 100, WHOLE],
  ])('%s', (_, from, ms, expected) => {
    expect(panBy(from, WHOLE, ms)).toEqual(expected);
  });
});

test('a view that shows the instant already does not move', () => {
  const view = span(100, 300);
  expect(including(view, WHOLE, 200)).toBe(view);
});

test('a view that does not show the instant puts it in the middle', () => {
  expect(including(span(100, 300), WHOLE, 600)).toEqual(span(500, 700));
});

test('an instant outside of the recording moves nothing', () => {
  const view = span(100, 300);
  expect(including(view, WHOLE, 5000)).toBe(view);
});

test('a phase is shown with some air around it', () => {
  expect(around(span(400, 600), WHOLE)).toEqual(span(370, 630));
  expect(around(span(0, 200), WHOLE)).toEqual(span(0, 230));
});

test('a whole that is narrower than the narrowest view is shown whole', () => {
  expect(clampTo(span(0, 1), span(0, 4))).toEqual(span(0, 4));
});
