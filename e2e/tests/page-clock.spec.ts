// Laying a log over the samples: what its clock is said to be, what is proposed, the hand, the keys, and what is remembered.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from 'playwright/test';
import { drawnGraph, ENTRIES, expect, inAddress, test } from './page-fixture.js';

const ALL = 20;
const tool = (page: Page) => page.getByRole('button', { name: 'Clock of this log' });
const entriesOn = (graph: Locator, count: number) =>
  expect(graph).toHaveAccessibleDescription(new RegExp(`\\b${count} log entries`));

/** The recording with a log two hours ahead of it beside, its stamps without a zone; the log's tab is open. */
async function openShifted(page: Page, view: (...args: string[]) => Promise<{ url: string }>, copy: string) {
  const [, first = ''] = readFileSync(join(copy, 'memory.csv'), 'utf8').split('\n');
  const start = Date.parse(first.split(',')[0] ?? '');
  const stamp = (ms: number) => new Date(ms + 7_200_000).toISOString().replace('T', ' ').replace('.', ',').slice(0, 23);
  const lines = Array.from({ length: ALL }, (_, i) => `${stamp(start + 100 + i * 150)} INFO step ${i}`);
  const log = join(copy, 'app.log');
  writeFileSync(log, `${lines.join('\n')}\n`);
  const { url } = await view(copy, '--log', log, '--timezone', 'UTC');
  await page.goto(url);
  const graph = await drawnGraph(page);
  await page.getByRole('tab', { name: 'app.log' }).click();
  return { graph, url };
}

test('the tool says how much lies within the samples, and proposes what lays all of it there', async ({
  page,
  view,
  copy,
}) => {
  const { graph } = await openShifted(page, view, copy);
  await tool(page).click();
  await expect(page.getByText('read as UTC, as asked on the command line')).toBeVisible();
  await expect(page.getByText('None of it lies within the samples.')).toBeVisible();
  await page.getByRole('button', { name: 'Move by -2:00:00: 100 % within' }).click();
  await expect(page.getByText('All of it lies within the samples.')).toBeVisible();
  await expect(page.getByText('Every entry is moved by -2:00:00.')).toBeVisible();
  await entriesOn(graph, ENTRIES + ALL);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('None of it lies within the samples.')).toBeVisible();
  await entriesOn(graph, ENTRIES);
});

test('keys move the log by a second, a minute and an hour, in the field and on the handle', async ({
  page,
  view,
  copy,
}) => {
  await openShifted(page, view, copy);
  await tool(page).click();
  const field = page.getByRole('textbox', { name: 'Shift' });
  await field.focus();
  for (const key of ['PageDown', 'PageDown', 'ArrowUp', 'Shift+ArrowDown']) await page.keyboard.press(key);
  await expect(field).toHaveValue('-2:00:59');
  const handle = page.getByRole('slider', { name: 'Move the log along the graph' });
  await handle.focus();
  for (const key of ['Shift+ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
  await expect(field).toHaveValue('-2:00:00');
  await expect(handle).toHaveAttribute('aria-valuetext', 'moved by -2:00:00');
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(field).toHaveValue('0:00:00');
  await expect(handle).toHaveAttribute('aria-valuetext', 'not moved');
});

test('dragging shows the marks where they would lie, and counts when it ends', async ({ page, view, copy }) => {
  const { graph } = await openShifted(page, view, copy);
  await page.getByRole('button', { name: 'Apply' }).click();
  await entriesOn(graph, ENTRIES + ALL);
  await tool(page).click();
  const handle = page.getByRole('slider', { name: 'Move the log along the graph' });
  const box = await handle.boundingBox();
  if (box === null) throw new Error('no handle');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 20, y);
  await page.mouse.down();
  await page.mouse.move(box.x - 200, y);
  // Some have left the samples at the left edge, and the address still holds what was before.
  await expect(graph).not.toHaveAccessibleDescription(new RegExp(`\\b${ENTRIES + ALL} log entries`));
  await expect(handle).toHaveAttribute('aria-valuetext', /moved by -2:00:0/);
  expect(inAddress(page, 'clock.l2')).toBe('-7200000..');
  await page.mouse.up();
  await expect.poll(() => inAddress(page, 'clock.l2')).not.toBe('-7200000..');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => inAddress(page, 'clock.l2')).toBe('-7200000..');
});

test('Alt and a drag on the lane move the log as well', async ({ page, view, copy }) => {
  const { graph } = await openShifted(page, view, copy);
  await page.getByRole('button', { name: 'Apply' }).click();
  await entriesOn(graph, ENTRIES + ALL);
  const before = inAddress(page, 'clock.l2');
  const box = await graph.boundingBox();
  if (box === null) throw new Error('no graph');
  // Two lanes and two rows of labels at the bottom; the second lane is this log's.
  const y = box.y + box.height - (8 + 30) - 10;
  await page.keyboard.down('Alt');
  await page.mouse.move(box.x + 500, y);
  await page.mouse.down();
  await page.mouse.move(box.x + 560, y, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up('Alt');
  await expect.poll(() => inAddress(page, 'clock.l2')).not.toBe(before);
  expect(inAddress(page, 'view')).toBeNull();
  await expect(tool(page)).toContainText(/UTC -1:59:5/);
});

test('the clock is remembered for this log, and the address wins over it', async ({ page, view, copy }) => {
  const { graph, url } = await openShifted(page, view, copy);
  await page.getByRole('button', { name: 'Apply' }).click();
  await entriesOn(graph, ENTRIES + ALL);

  await page.goto('about:blank');
  await page.goto(url);
  await drawnGraph(page);
  await entriesOn(graph, ENTRIES + ALL);
  await page.getByRole('tab', { name: 'app.log' }).click();
  await expect(page.getByText('This log is moved by -2:00:00, as you left it last time.')).toBeVisible();
  await expect.poll(() => inAddress(page, 'clock.l2')).toBe('-7200000..');

  await page.goto('about:blank');
  await page.goto(`${url}#log=l2&clock.l2=-3600000..`);
  await drawnGraph(page);
  await expect(tool(page)).toContainText('UTC -1:00:00');
  await expect(page.getByText('as you left it last time')).toBeHidden();

  await page.goto('about:blank');
  await page.goto(`${url}#log=l2`);
  await drawnGraph(page);
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.goto('about:blank');
  await page.goto(`${url}#log=l2`);
  await drawnGraph(page);
  await expect(page.getByText('This log does not overlap the samples')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });
    test('axe finds nothing in the clock tool, the columns and the lines between hits', async ({
      page,
      view,
      copy,
    }) => {
      await openShifted(page, view, copy);
      const violations = async () =>
        (
          await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
        ).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
      await tool(page).click();
      await expect(page.getByText('None of it lies within the samples.')).toBeVisible();
      expect(await violations()).toEqual([]);
      await page.getByRole('button', { name: /^Move by/ }).click();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Columns of the log' }).click();
      await page.getByRole('checkbox', { name: 'Wrap long lines' }).check();
      expect(await violations()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('searchbox').fill('step 1');
      await page.getByRole('button', { name: 'Lines between' }).click();
      await expect(page.getByText(`11 of ${ALL} entries`)).toBeVisible();
      expect(await violations()).toEqual([]);
    });
  });
}
