import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readMeminfo } from './machine.js';
import { readPressure } from './pressure.js';

const file = (path: string): Buffer => readFileSync(fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url)));

function meminfo(bytes: Buffer): number[] {
  const cells = new Float64Array(4);
  readMeminfo(bytes, bytes.length, cells, 0);
  return [...cells];
}

test('a real machine: used, available, cached and swap in bytes', () => {
  const text = file('hybrid/proc/meminfo');
  const kib = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text.toString())?.[1]) * 1024;
  expect(meminfo(text)).toEqual([kib('MemTotal') - kib('MemAvailable'), kib('MemAvailable'), kib('Cached'), 0]);
});

test('an old kernel: what it does not say is not measured, the rest is', () => {
  expect(meminfo(file('old-kernel/proc/meminfo'))).toEqual([Number.NaN, Number.NaN, 524288 * 1024, 262144 * 1024]);
});

test.each([
  ['some avg10=12.50 avg60=3.00 avg300=0.10 total=99\nfull avg10=1.00 avg60=0 avg300=0 total=9\n', 12.5],
  ['some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n', 0],
  ['', Number.NaN],
])('pressure in %j is %d', (text, percent) => {
  expect(readPressure(Buffer.from(text), text.length)).toBe(percent);
});
