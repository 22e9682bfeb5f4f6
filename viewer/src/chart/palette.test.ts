import { describe, expect, test } from 'vitest';
import { contrast, lineStyle, readableOn, THEMES, withAlpha } from './palette.js';

describe.each(Object.values(THEMES))('$name', (theme) => {
  test('text can be read', () => {
    for (const colour of [theme.text, theme.muted, theme.limit, theme.mark]) {
      expect(contrast(colour, theme.background), colour).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(theme.onColour, theme.note)).toBeGreaterThanOrEqual(4.5);
  });

  test('lines and marks can be seen', () => {
    for (const colour of [...theme.lines, ...Object.values(theme.levels)]) {
      expect(contrast(colour, theme.background), colour).toBeGreaterThanOrEqual(3);
    }
  });

  test('a name on the pill of its phase can be read', () => {
    for (const [kind, colour] of Object.entries(theme.phases)) {
      if (kind === 'plateau') continue; // never a pill: it has no change to tell
      expect(contrast(readableOn(theme, colour), colour), kind).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('the same column of two recordings differs in colour and in dash', () => {
    const [a, b] = [0, 1].map((group) => lineStyle(theme, { slot: 0, group, lead: false, kind: 'sampled' }));
    expect(a?.colour).not.toBe(b?.colour);
    expect(a?.dash).not.toEqual(b?.dash);
  });
});

test('samples, prints and the gap differ in their dashes', () => {
  const dashes = (['sampled', 'printed', 'gap'] as const).map(
    (kind) => lineStyle(THEMES.light, { slot: 0, group: 0, lead: false, kind }).dash,
  );
  expect(new Set(dashes.map(String)).size).toBe(3);
});

test('contrast is counted as the web does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

test('opacity is added to a colour', () => {
  expect(withAlpha('#0a10ff', 0.5)).toBe('rgba(10, 16, 255, 0.5)');
});
