import { expect, test } from 'vitest';
import { readFacts } from './systeminformation.js';

test('what the library knows, in our words', () => {
  const answer = {
    system: { manufacturer: 'Dell Inc.', model: 'R640', virtual: true, virtualHost: 'KVM' },
    modules: [
      { size: 34359738368, type: 'DDR4' },
      { size: 0, type: '' },
    ],
  };
  expect(readFacts(JSON.stringify(answer))).toEqual({
    model: 'Dell Inc. R640',
    virtual: 'KVM',
    memory_modules: [{ bytes: 34359738368, type: 'DDR4' }],
  });
});

test.each([
  ['{"system":null,"modules":null}', { model: null, virtual: null, memory_modules: [] }],
  ['{"system":{"manufacturer":"-","model":""},"modules":{}}', { model: null, virtual: null, memory_modules: [] }],
  ['', null],
  ['Segmentation fault', null],
])('%j is no more than it says', (text, facts) => {
  expect(readFacts(text)).toEqual(facts);
});
