import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COLUMNS } from './columns.js';
import { QUANTITIES, quantityOf } from './quantities.js';

test.each(COLUMNS.map(({ name }) => name))('%s is one quantity', (name) => {
  expect(QUANTITIES.filter(({ columns }) => columns.includes(name)).map(({ id }) => id)).toHaveLength(1);
});

test('a column from elsewhere is none', () => {
  expect(quantityOf('rss_mb')).toBeUndefined();
});

describe.each(QUANTITIES)('$id', ({ says, source, columns, name }) => {
  test('is told in one sentence', () => {
    expect(says).toMatch(/^[A-Z].*[^.]\.$/);
    expect(says).not.toMatch(/\. /);
    expect(source).not.toBe('');
  });

  test('names columns that there are', () => {
    const known = new Set(COLUMNS.map((column) => column.name));
    expect(columns.filter((column) => !known.has(column))).toEqual([]);
  });

  test('stands in the docs as it is said here', () => {
    const docs = readFileSync(new URL('../../../docs/quantities.md', import.meta.url), 'utf8');
    expect(docs).toContain(`| ${name} | ${says} | ${source} |`);
  });
});
