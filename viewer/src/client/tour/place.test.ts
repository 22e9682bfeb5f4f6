import { expect, test } from 'vitest';
import { cardPlace } from './place.js';

const page = { width: 1000, height: 800 };

test.each([
  ['below what it is about', { left: 0, top: 50, width: 1000, height: 100 }, { left: 12, top: 162, width: 380 }],
  ['above it where the page ends', { left: 0, top: 400, width: 600, height: 400 }, { left: 12, top: 188, width: 380 }],
  [
    'over its foot where it fills the page',
    { left: 0, top: 60, width: 1000, height: 740 },
    { left: 12, top: 588, width: 380 },
  ],
  [
    'inside the page at its right',
    { left: 900, top: 50, width: 100, height: 100 },
    { left: 608, top: 162, width: 380 },
  ],
])('a card stands %s', (_, about, place) => {
  expect(cardPlace(about, page, 200)).toEqual(place);
});

test('on a phone the card is as wide as the page lets it be', () => {
  expect(cardPlace({ left: 0, top: 0, width: 360, height: 200 }, { width: 360, height: 700 }, 200).width).toBe(336);
});
