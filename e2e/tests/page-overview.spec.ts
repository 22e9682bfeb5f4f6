// The strip of the whole span under the graph: it shows where the view is, and moves it.
import type { Page } from 'playwright/test';
import { expect, inAddress, test, viewWidth } from './page-fixture.js';

const stripOf = (page: Page) => page.getByRole('slider', { name: 'View in the whole recording' });

async function dragOn(page: Page, from: number, to: number): Promise<void> {
  const box = (await stripOf(page).boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * ((from + to) / 2), y);
  await page.mouse.move(box.x + box.width * to, y);
  await page.mouse.up();
}

const viewStart = (page: Page): number => Number((inAddress(page, 'view') ?? '').split('..')[0]);

test('a drag looks at a span, a drag inside the window moves it, an edge changes it, a double click shows everything', async ({
  graph,
  page,
}) => {
  await expect(graph).toBeVisible();
  await dragOn(page, 0.2, 0.5);
  await expect.poll(() => viewWidth(page)).not.toBeNull();
  const width = viewWidth(page)!;
  const start = viewStart(page);

  await dragOn(page, 0.35, 0.55);
  await expect.poll(() => viewStart(page)).toBeGreaterThan(start + 0.3 * width);
  expect(Math.abs(viewWidth(page)! - width)).toBeLessThan(2);

  await dragOn(page, 0.7, 0.9);
  await expect.poll(() => viewWidth(page)).toBeGreaterThan(1.4 * width);

  await stripOf(page).dblclick();
  await expect.poll(() => viewWidth(page)).toBeNull();
});

test('keys move the window, and its span is said', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  await stripOf(page).focus();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect.poll(() => viewWidth(page)).not.toBeNull();
  const start = viewStart(page);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => viewStart(page)).toBeGreaterThan(start);
  await expect(stripOf(page)).toHaveAttribute('aria-valuetext', /^\d\d:\d\d:\d\d.* to \d\d:\d\d:\d\d/);
});
