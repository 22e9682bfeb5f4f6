import { expect, test } from 'vitest';
import { readLook } from './log-view.js';

const AT_FIRST = { wrap: false, time: true, change: true, rest: false };

test.each([
  [null, AT_FIRST],
  ['nonsense', AT_FIRST],
  ['[]', AT_FIRST],
  ['{"wrap":true}', { ...AT_FIRST, wrap: true }],
  ['{"wrap":"yes","change":false}', { ...AT_FIRST, change: false }],
])('%j is read', (text, look) => {
  expect(readLook(text)).toEqual(look);
});
