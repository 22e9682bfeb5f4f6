import { expect, test } from 'vitest';
import { readKept } from './clock-memory.js';

test('what was kept is read', () => {
  const kept = { 'train 1\napp.log': { zone: null, shiftMs: -7_200_000 }, b: { zone: 'Europe/Berlin', shiftMs: 0 } };
  expect(readKept(JSON.stringify(kept))).toEqual(kept);
});

test.each([
  null,
  '',
  'nonsense',
  '[]',
  'null',
  '{"a":null}',
  '{"a":{"shiftMs":"1"}}',
  '{"a":{"zone":"Nowhere/At-all","shiftMs":1}}',
])('of %j nothing is kept', (text) => {
  expect(readKept(text)).toEqual({});
});
