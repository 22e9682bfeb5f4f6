// How log lines are shown: columns beside them, long lines wrapped, and that it stays so.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { drawnGraph, expect, test } from './page-fixture.js';

const rows = (page: Page) => page.getByRole('listbox').getByRole('option');
const switches = (page: Page) => page.getByRole('button', { name: 'Columns of the log' });

test('each line tells the change of memory since the line above', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  await page.getByRole('button', { name: 'Regular expression' }).click();
  await page.getByRole('searchbox').fill('loading$|epoch 0$');
  await expect(rows(page)).toHaveCount(2);
  // Five shards of 40 MiB lie between the two lines shown.
  const epoch = rows(page).filter({ hasText: 'epoch 0' });
  await expect(epoch).toContainText(/\+(1[5-9]\d|2\d\d) MiB of memory since the line above/);
  await expect(rows(page).filter({ hasText: 'loading' })).not.toContainText('MiB');

  await switches(page).click();
  await page.getByRole('checkbox', { name: 'Change of memory' }).uncheck();
  await expect(epoch).not.toContainText('MiB');
  await page.getByRole('checkbox', { name: 'Time' }).uncheck();
  await expect(epoch.locator('.row-time')).toHaveCount(0);
  await page.reload();
  await drawnGraph(page);
  await expect(epoch).toBeVisible();
  await expect(epoch).not.toContainText('MiB');
  await expect(epoch.locator('.row-time')).toHaveCount(0);
});

test('on a narrow screen the text has the room', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  const line = rows(page).filter({ hasText: 'cache is larger' });
  await line.scrollIntoViewIfNeeded();
  await expect(line.locator('.row-change')).toBeHidden();
  await expect(line.locator('.row-time')).toBeVisible();
});

test('long lines wrap, from the first to the last, with keys and the wheel', async ({ page, view, copy }) => {
  const [, first = ''] = readFileSync(join(copy, 'memory.csv'), 'utf8').split('\n');
  const start = Date.parse(first.split(',')[0] ?? '');
  const log = join(copy, 'long.log');
  const lines = Array.from({ length: 300 }, (_, i) => {
    const text = i % 3 === 0 ? `item ${i} ${'says a lot and then some more '.repeat(12)}until here` : `item ${i} ends`;
    return `${new Date(start + i * 10).toISOString()} INFO ${text}`;
  });
  writeFileSync(log, `${lines.join('\n')}\n`);
  const { url } = await view(copy, '--log', log);
  await page.goto(url);
  await page.getByRole('tab', { name: 'long.log' }).click();
  const list = page.getByRole('listbox');
  const zero = rows(page).filter({ hasText: 'item 0 ' });
  await expect.poll(async () => (await zero.boundingBox())?.height).toBe(22);
  await switches(page).click();
  await page.getByRole('checkbox', { name: 'Wrap long lines' }).check();
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await zero.boundingBox())?.height).toBeGreaterThan(22);
  const top = async (): Promise<number> => (await list.boundingBox())?.y ?? 0;
  expect((await zero.boundingBox())?.y).toBeCloseTo(await top(), 0);

  // The wheel moves by pixels, however high the rows are.
  await list.hover();
  const one = rows(page).filter({ hasText: 'item 1 ends' });
  const before = (await one.boundingBox())?.y ?? 0;
  await page.mouse.wheel(0, 30);
  await expect.poll(async () => Math.round(before - ((await one.boundingBox())?.y ?? 0))).toBe(30);

  await list.focus();
  await page.keyboard.press('End');
  const last = rows(page).filter({ hasText: 'item 299 ends' });
  await expect(last).toHaveAttribute('aria-selected', 'true');
  await expect(last).toBeInViewport({ ratio: 0.9 });
  const bottom = (await list.boundingBox().then((box) => (box?.y ?? 0) + (box?.height ?? 0))) ?? 0;
  await expect
    .poll(async () => last.boundingBox().then((box) => Math.abs((box?.y ?? 0) + (box?.height ?? 0) - bottom)))
    .toBeLessThan(1.5);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  const high = rows(page).filter({ hasText: 'item 297 ' });
  await expect(high).toHaveAttribute('aria-selected', 'true');
  await expect(high).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press('Home');
  await expect(zero).toBeInViewport({ ratio: 0.9 });
});

test('marks beside the bar show errors and hits, and a click goes there', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  const ruler = page.getByRole('img', { name: /^Along the log/ });
  await expect(ruler).toHaveAccessibleName('Along the log: 1 error, 0 hits');
  await page.getByRole('searchbox').fill('shard');
  await expect(rows(page)).toHaveCount(5);
  // Where only hits are shown every row is one; with the lines between they are marked.
  await page.getByRole('button', { name: 'Lines between' }).click();
  await expect(ruler).toHaveAccessibleName('Along the log: 1 error, 5 hits');
  await expect(rows(page).filter({ hasText: 'loading' })).toHaveClass(/row-rest/);
  await expect(rows(page).filter({ hasText: 'shard 3' })).not.toHaveClass(/row-rest/);
  await page.getByRole('listbox').focus();
  await page.keyboard.press('n');
  await expect(rows(page).filter({ hasText: 'shard 0' })).toHaveAttribute('aria-selected', 'true');

  // 31 lines; the error is the 28th.
  const box = await ruler.boundingBox();
  if (box === null) throw new Error('no ruler');
  await page.mouse.click(box.x + 5, box.y + (27.5 / 31) * box.height);
  await expect(rows(page).filter({ hasText: 'checkpoint failed' })).toHaveAttribute('aria-selected', 'true');
});

test('a statement filters together with text, levels and from another visit', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  const suspects = page.getByRole('list', { name: 'Suspects' });
  await suspects.getByRole('button', { name: /shard/ }).first().click();
  await page.getByRole('button', { name: 'Only the lit statement' }).click();
  await expect(rows(page)).toHaveCount(5);
  await expect(graph).toHaveAccessibleDescription(/\b5 log entries/);
  await page.getByRole('searchbox').fill('shard 3');
  await expect(rows(page)).toHaveCount(1);
  await page.reload();
  await drawnGraph(page);
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: /^Show other statements than shard <\*> loaded too/ }).click();
  await page.getByRole('searchbox').fill('');
  await expect(rows(page)).not.toHaveCount(1);
  await expect(page.getByRole('button', { name: /^Show other statements/ })).toBeHidden();
});

test('a search that takes long can be stopped, and what it found stays', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  await page.route('**/api/search?*text=slow*', () => undefined); // never answered
  // What marks the graph searches the log as well.
  await page.route('**/api/marks?*text=slow*', () => undefined);
  await page.getByRole('searchbox').fill('slow');
  const ended = page.waitForEvent('requestfailed', (request) => request.url().includes('/api/marks?'));
  await page.getByRole('button', { name: 'Stop' }).click();
  await ended;
  await expect(graph).not.toHaveAccessibleDescription(/log entr/);
  await expect(page.getByText('0 or more of 29 entries')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeHidden();
  await page.getByRole('searchbox').fill('shard');
  await expect(rows(page)).toHaveCount(5);
  await expect(graph).toHaveAccessibleDescription(/\b5 log entries/);
});

test('the filter holds for every log, and each tab says how many entries pass', async ({ page, view, copy }) => {
  const [, first = ''] = readFileSync(join(copy, 'memory.csv'), 'utf8').split('\n');
  const log = join(copy, 'other.log');
  writeFileSync(log, `${first.split(',')[0]} INFO shard of another log\n${first.split(',')[0]} INFO more\n`);
  const { url } = await view(copy, '--log', log);
  await page.goto(url);
  const graph = await drawnGraph(page);
  await page.getByRole('tab', { name: 'output.log' }).click();
  await page.getByRole('searchbox').fill('shard');
  await expect(page.getByRole('tab', { name: /^other.log ?, ?1 pass the filter/ })).toBeVisible();
  await expect(graph).toHaveAccessibleDescription(/\b6 log entries/);
  await page.getByRole('tab', { name: /^other.log/ }).click();
  await expect(rows(page)).toHaveText([/shard of another log/]);
  await expect(page.getByRole('tab', { name: /^output.log ?, ?5 pass the filter/ })).toBeVisible();
});
