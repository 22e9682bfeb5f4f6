import { describe, expect, test } from 'vitest';
import { formatBytes, formatBytesChange, formatSlope, parseBytes } from './bytes.js';

describe('sizes', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '0.98 KiB'],
    [53 * 1024 ** 2, '53.0 MiB'],
    [1023 * 1024 ** 2, '1.00 GiB'],
    [3.19 * 1024 ** 3, '3.19 GiB'],
    [-2 * 1024 ** 2, '-2.00 MiB'],
    [Number.NaN, 'not measured'],
  ])('%d is shown as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  test('a change always has its sign', () => {
    expect([5 * 1024 ** 2, 0, -0.3, -(1024 ** 3)].map(formatBytesChange)).toEqual([
      '+5.00 MiB',
      '±0 B',
      '±0 B',
      '-1.00 GiB',
    ]);
  });

  test.each([
    [655 * 1024 ** 2, '+655 MiB/s'],
    [-70 * 1024, '-4.10 MiB/min'],
    [8.1 * 1024, '+28.5 MiB/h'],
    [10, '+35.2 KiB/h'],
    [0, '±0 B/h'],
  ])('a slope of %d bytes a second is shown as %s', (slope, text) => {
    expect(formatSlope(slope)).toBe(text);
  });

  test.each([
    ['512MiB', 512 * 1024 ** 2],
    ['1.5 GB', 1.5e9],
    ['2g', 2 * 1024 ** 3],
    ['4096', 4096],
    ['much', null],
    ['5 MiBs', null],
  ])('%s is read as %s', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });
});
