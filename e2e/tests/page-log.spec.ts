// The log under the graph: one cursor for both, filters whose marks follow, clocks that can be put right.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { drawnGraph, ENTRIES, expect, inAddress, pointOn, test } from './page-fixture.js';

const rows = (page: Page) => page.getByRole('listbox').getByRole('option');
const picked = (page: Page) => page.getByRole('listbox').getByRole('option', { selected: true });

/** When the first sample of a recording was taken. */
function startOf(recording: string): number {
  const [, first = ''] = readFileSync(join(recording, 'memory.csv'), 'utf8').split('\n');
  return Date.parse(first.split(',')[0] ?? '');
}

test('clicking a line puts the cursor of the graph there', async ({ graph, page }) => {
  await rows(page).filter({ hasText: 'cache is larger' }).click();
  const stamp = await rows(page).filter({ hasText: 'cache is larger' }).locator('.row-time').textContent();
  await expect(page.getByRole('button', { name: `Unpin the cursor from ${stamp}` })).toBeVisible();
  await expect(rows(page).filter({ hasText: 'cache is larger' })).toHaveAttribute('aria-selected', 'true');
  await expect(graph).toBeVisible();
});

test('a line that is out of view moves the graph', async ({ graph, page }) => {
  await graph.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 4; i++) await page.keyboard.press('+');
  await expect.poll(() => inAddress(page, 'view')).not.toBeNull();
  await expect(graph).not.toHaveAccessibleDescription(new RegExp(`\\b${ENTRIES} log entries`));
  const before = inAddress(page, 'view');
  await page.getByRole('listbox').focus();
  await page.keyboard.press('End');
  await expect.poll(() => inAddress(page, 'view')).not.toBe(before);
  await expect(rows(page).filter({ hasText: 'INFO done' })).toHaveAttribute('aria-selected', 'true');
});

test('clicking the graph brings the nearest entry into the log', async ({ graph, page }) => {
  const at = await pointOn(graph, 0.97);
  await page.mouse.click(at.x, at.y);
  await expect(picked(page)).toContainText(/done|checkpoint failed/);
  await expect(picked(page)).toBeInViewport();
  await expect(page.getByRole('region', { name: 'The line that was picked' })).toContainText(/INFO|ERROR/);
});

test('log text is text: markup stays visible, colours lose their codes', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  const failed = rows(page).filter({ hasText: 'checkpoint failed' });
  await page.keyboard.press('e');
  await expect(failed).toContainText('<img src=x onerror="document.title=1"> red');
  await expect(failed.locator('.ansi-red')).toHaveText('red');
  await expect(page).toHaveTitle(/tidemark/);
  await expect(rows(page).filter({ hasText: 'Traceback' }).locator('.row-time')).toBeEmpty();
});

test('text, levels and expressions filter lines and marks together', async ({ graph, page }) => {
  const field = page.getByRole('searchbox', { name: 'Filter by text' });
  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await field.fill('EPOCH 1');
  await expect(page.getByText(`11 of ${ENTRIES} entries`)).toBeVisible();
  await expect(rows(page)).toHaveCount(11);
  await expect(rows(page).first().locator('mark')).toHaveText('epoch 1');
  await expect(graph).toHaveAccessibleDescription(/11 log entries/);

  await field.fill('shard [0-2]');
  await expect(page.getByText('No entry passes the filter.')).toBeVisible();
  await page.getByRole('button', { name: 'Regular expression' }).click();
  await expect(page.getByText(`3 of ${ENTRIES} entries`)).toBeVisible();
  await expect(graph).toHaveAccessibleDescription(/3 log entries/);

  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText(`${ENTRIES} entries`, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^error 1 / }).click();
  await expect(rows(page)).toHaveCount(3); // the entry with its two lines of traceback
  await expect(graph).toHaveAccessibleDescription(/1 log entry/);

  await page.reload();
  await drawnGraph(page);
  await expect(rows(page)).toHaveCount(3);
});

test('an expression that is not finished is said, and filters nothing', async ({ graph, page }) => {
  await page.getByRole('button', { name: 'Regular expression' }).click();
  await page.getByRole('searchbox').fill('epoch (');
  await expect(page.getByRole('alert')).toContainText('Not a regular expression yet');
  await expect(graph).toHaveAccessibleDescription(new RegExp(`${ENTRIES} log entries`));
});

test('e goes to the next error, on the log and on the graph', async ({ graph, page }) => {
  await graph.focus();
  await page.keyboard.press('e');
  await expect(picked(page)).toContainText('checkpoint failed');
  await expect.poll(() => inAddress(page, 'at')).not.toBeNull();
  // The only one: its stack trace is no error of its own.
  await page.keyboard.press('e');
  await expect(page.getByRole('region', { name: 'The line that was picked' })).toContainText('checkpoint failed');
  await page.keyboard.press('E');
  await expect(picked(page)).toContainText('checkpoint failed');
});

test('n and N step through the hits of the filter, on the log and on the graph', async ({ graph, page }) => {
  await graph.focus();
  await page.keyboard.press('n');
  await expect(page.getByText('Nothing is filtered')).toBeVisible();
  await page.getByRole('searchbox').fill('shard');
  await expect(page.getByText(`5 of ${ENTRIES} entries`)).toBeVisible();
  await graph.focus();
  await page.keyboard.press('n');
  await expect(picked(page)).toContainText('shard 0');
  await expect.poll(() => inAddress(page, 'at')).not.toBeNull();
  const at = inAddress(page, 'at');
  await page.keyboard.press('n');
  await expect(picked(page)).toContainText('shard 1');
  await expect.poll(() => inAddress(page, 'at')).not.toBe(at);
  await page.keyboard.press('N');
  await expect(picked(page)).toContainText('shard 0');
  await expect.poll(() => inAddress(page, 'at')).toBe(at);
});

test('a log in another zone is recognised, and moved over the samples with one click', async ({ page, view, copy }) => {
  const start = startOf(copy);
  const stamp = (ms: number) => new Date(ms + 7_200_000).toISOString().replace('T', ' ').replace('.', ',').slice(0, 23);
  const lines = Array.from({ length: 20 }, (_, i) => `${stamp(start + i * 150)} INFO step ${i}`);
  const log = join(copy, 'app.log');
  writeFileSync(log, `${lines.join('\n')}\n`);
  const { url } = await view(copy, '--log', log, '--timezone', 'UTC');
  await page.goto(url);
  const graph = await drawnGraph(page);
  await page.getByRole('tab', { name: 'app.log' }).click();
  await expect(page.getByText('This log does not overlap the samples. Shift it by -2:00:00?')).toBeVisible();
  await expect(graph).toHaveAccessibleDescription(new RegExp(`${ENTRIES} log entries`));
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(graph).toHaveAccessibleDescription(new RegExp(`${ENTRIES + 20} log entries`));
  await expect(page.getByText('does not overlap')).toBeHidden();

  const clock = page.getByRole('button', { name: 'Clock of this log' });
  await expect(clock).toContainText('UTC -2:00:00');
  await clock.click();
  await expect(page.getByText(/The stamps name no zone; read as UTC/)).toBeVisible();
  const shift = page.getByRole('textbox', { name: 'Shift' });
  await shift.fill('nonsense');
  await shift.blur();
  await expect(page.getByText('Write a shift as')).toBeVisible();
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByRole('combobox', { name: 'Zone', exact: true }).fill('+02:00');
  await expect(graph).toHaveAccessibleDescription(new RegExp(`${ENTRIES + 20} log entries`));
  await expect.poll(() => page.url()).toContain('clock.');
  await page.reload();
  await drawnGraph(page);
  await expect(graph).toHaveAccessibleDescription(new RegExp(`${ENTRIES + 20} log entries`));
});

test('a log without timestamps is shown undated, and said so', async ({ page, view, copy }) => {
  const log = join(copy, 'plain.log');
  writeFileSync(log, 'hello\n<script>document.title = 1</script>\nworld\n');
  const { url } = await view(copy, '--log', log);
  await page.goto(url);
  await page.getByRole('tab', { name: 'plain.log' }).click();
  await expect(page.getByText('No timestamps found: shown undated')).toBeVisible();
  await expect(rows(page)).toHaveText([/hello/, /<script>document.title = 1<\/script>/, /world/]);
});

test('a log longer than any browser can scroll shows its first and its last line', async ({ page, view, copy }) => {
  const start = startOf(copy);
  const log = join(copy, 'long.log');
  const count = 600_000; // times 22 pixels is beyond the bar's length
  const lines = Array.from(
    { length: count },
    (_, i) => `${new Date(start + i / 200).toISOString()} INFO item ${i + 1}`,
  );
  writeFileSync(log, `${lines.join('\n')}\n`);
  const { url } = await view(copy, '--log', log);
  await page.goto(url);
  await page.getByRole('tab', { name: 'long.log' }).click();
  await expect(page.getByText('600,000 entries', { exact: true })).toBeVisible();
  await expect(rows(page).first()).toContainText('item 1');
  expect(await rows(page).count()).toBeLessThan(100);

  const list = page.getByRole('listbox');
  await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(rows(page).last()).toContainText(`item ${count}`);
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  await expect(rows(page).first()).toHaveText(/item 1$/);
  await list.hover();
  await page.mouse.wheel(0, 220);
  await expect(rows(page).filter({ hasText: /item 20$/ })).toBeInViewport();
});
