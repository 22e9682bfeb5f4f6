// A log that grows, is cut, rotated and replaced while the page is open: the list, its counts, the marks on the graph and a filter follow.
import { appendFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawnGraph, expect, test } from './page-fixture.js';

const START = Date.parse('2026-11-20T10:00:00.000Z');
const at = (s: number): string => new Date(START + s * 1000).toISOString();
const entry = (s: number, words: string): string => `${at(s)} INFO ${words}\n`;

test('a log that grows, is cut, rotated and replaced stays true on the page that is open', async ({
  page,
  view,
  folder,
}, { testId }) => {
  const csv = join(folder, `changing-${testId}.csv`);
  const log = join(folder, `changing-${testId}.log`);
  const rows = Array.from({ length: 60 }, (_, s) => `${at(s)},${200_000_000 + s}\n`);
  writeFileSync(csv, `time,rss_bytes\n${rows.join('')}`);
  const first = entry(1, 'one') + entry(2, 'two');
  writeFileSync(log, first);
  const { url } = await view(csv, '--log', log);
  await page.goto(url);
  const graph = await drawnGraph(page);
  const lines = page.getByRole('listbox').getByRole('option');
  const shows = async (...words: string[]): Promise<void> => {
    await expect(lines).toHaveText(words.map((word) => new RegExp(`${word}$`)));
    await expect(graph).toHaveAccessibleDescription(
      new RegExp(`\\b${words.length} log ${words.length === 1 ? 'entry' : 'entries'}`),
    );
  };
  await shows('one', 'two');

  // It grows: half a line first, then its rest.
  appendFileSync(log, entry(3, 'three').slice(0, -3));
  appendFileSync(log, entry(3, 'three').slice(-3) + entry(4, 'four'));
  await shows('one', 'two', 'three', 'four');

  // It is cut, and written on: a line of which only the words differ.
  truncateSync(log, entry(1, 'one').length);
  await shows('one');
  appendFileSync(log, entry(5, 'five'));
  await shows('one', 'five');

  // As logrotate does: renamed away, a new one in its place, longer than the old one.
  renameSync(log, `${log}.1`);
  writeFileSync(log, entry(20, 'alpha') + entry(21, 'beta') + entry(22, 'gamma'));
  await shows('alpha', 'beta', 'gamma');

  // With a filter: it holds for what comes.
  await page.getByRole('searchbox').fill('beta');
  await shows('beta');
  appendFileSync(log, entry(23, 'beta too'));
  await shows('beta', 'beta too');

  // Replaced at once by another file of the same length, as an editor saves.
  const now = entry(20, 'alpha') + entry(21, 'beta') + entry(22, 'gamma') + entry(23, 'beta too');
  const other = entry(30, 'beta') + entry(31, 'alpha') + entry(32, 'delta') + entry(33, 'gamma ha');
  expect(other.length).toBe(now.length);
  writeFileSync(`${log}.new`, other);
  renameSync(`${log}.new`, log);
  await shows('beta');
  await page.getByRole('searchbox').fill('');
  await expect(lines.filter({ hasText: 'gamma ha' })).toHaveCount(1);
  await expect(lines.filter({ hasText: 'beta too' })).toHaveCount(0);
});

test('samples that are replaced while the page is open are read anew', async ({ page, view, folder }, { testId }) => {
  const csv = join(folder, `replaced-${testId}.csv`);
  const table = (mib: number, count: number): string =>
    `time,rss_bytes\n${Array.from({ length: count }, (_, s) => `${at(s)},${mib * 2 ** 20}\n`).join('')}`;
  writeFileSync(csv, table(300, 20));
  const { url } = await view(csv);
  await page.goto(url);
  const graph = await drawnGraph(page);
  await expect(graph).toHaveAccessibleDescription(/from 300 MiB to 300 MiB/);
  appendFileSync(csv, `${at(20)},${400 * 2 ** 20}\n`);
  await expect(graph).toHaveAccessibleDescription(/from 300 MiB to 400 MiB/);
  truncateSync(csv, table(300, 5).length);
  await expect(graph).toHaveAccessibleDescription(/from 300 MiB to 300 MiB/);
  writeFileSync(`${csv}.new`, table(120, 30));
  renameSync(`${csv}.new`, csv);
  await expect(graph).toHaveAccessibleDescription(/from 120 MiB to 120 MiB/);
});
