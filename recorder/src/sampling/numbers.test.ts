import { expect, test } from 'vitest';
import { decimalAt, field, fieldNumber, numberAt } from './numbers.js';

const read = (text: string, name: string): number => fieldNumber(Buffer.from(text), text.length, field(name));

test.each([
  ['VmRSS:\t  1236 kB\n', 'VmRSS:', 1236],
  ['Name:\tx\nVmRSS:\t0 kB\n', 'VmRSS:', 0],
  ['Name:\tVmRSS: 9\nVmRSS:\t12 kB\n', 'VmRSS:', 12],
  ['SwapCached: 7 kB\nCached: 8 kB\n', 'Cached:', 8],
  ['Name:\tx\n', 'VmRSS:', Number.NaN],
  ['VmRSS:\tmuch\n', 'VmRSS:', Number.NaN],
  ['oom_kill_disable 0\noom_kill 3\n', 'oom_kill ', 3],
])('%j: %s is %d', (text, name, value) => {
  expect(read(text, name)).toBe(value);
});

test('what an earlier, longer read left behind is not read', () => {
  const buffer = Buffer.from('Name:\tx\nVmRSS:\t12 kB\n');
  expect(fieldNumber(buffer, 8, field('VmRSS:'))).toBeNaN();
});

test('a line is found wherever it stands now, also when it stood elsewhere before', () => {
  const rss = field('VmRSS:');
  const at = (text: string): number => fieldNumber(Buffer.from(text), text.length, rss);
  expect(at('Name:\tx\nVmRSS:\t1 kB\n')).toBe(1);
  expect(at('Name:\tx\nVmRSS:\t2 kB\n')).toBe(2);
  expect(at('Name:\tlonger\nVmRSS:\t3 kB\n')).toBe(3);
  expect(at('VmRSS:\t4 kB\n')).toBe(4);
  expect(at('Name:\tx\nVmHWM:\t5 kB\n')).toBeNaN();
  expect(at('Name:\tx\n')).toBeNaN();
  // Where it stood last, but not at the beginning of a line.
  expect(at('Na:\tyyVmRSS:\t6 kB\nVmRSS:\t7 kB\n')).toBe(7);
});

test.each([
  ['12.34 ', 12.34],
  ['0.00', 0],
  ['7\n1.5', 7],
  ['x', Number.NaN],
])('%j has the decimal %d', (text, value) => {
  expect(decimalAt(Buffer.from(text), text.length, 0)).toBe(value);
});

test('"max" is no number', () => {
  expect(numberAt(Buffer.from('max\n'), 4, 0)).toBeNaN();
});
