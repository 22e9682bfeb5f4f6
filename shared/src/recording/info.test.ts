import { expect, test } from 'vitest';
import { infoText, readInfo } from './info.js';

test('what is written is read again', () => {
  const info = { ...readInfo('{"format":1}'), label: 'nightly', command: ['sh', '-c', 'exit 7'] };
  expect(readInfo(infoText(info))).toEqual(info);
});

test('what a file leaves out is not known, never invented', () => {
  expect(readInfo('{"format":1,"host":{"name":"db1"}}')).toMatchObject({
    host: { name: 'db1', memory_total_bytes: null },
    ended_at: null,
    own_cost: null,
  });
});

test.each([
  ['', 'recording.json: expected JSON, found nothing'],
  ['{"format":1', 'recording.json: expected JSON, found something else'],
  ['[]', 'recording.json: expected a JSON object, found a list'],
  ['{}', 'recording.json: expected format 1 or lower, found no format number'],
  ['{"format":2}', 'recording.json: expected format 1 or lower, found format 2'],
])('%j is refused', (text, message) => {
  expect(() => readInfo(text)).toThrow(message);
});
