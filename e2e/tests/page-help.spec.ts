// The page explains itself: the line under the numbers, the tour, and what each quantity is.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { drawnGraph, expect, inAddress, test } from './page-fixture.js';

const offer = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Tour' });
const tour = (page: Page) => page.getByRole('dialog', { name: /How much|When memory|What the job|What stands/ });

test('the verdict says where the memory came from and whether it leaks, and leads to the line', async ({
  graph,
  page,
}) => {
  await expect(graph).toBeVisible();
  const verdict = page.getByRole('list', { name: 'Verdict' });
  await expect(verdict).toContainText(/\d+ % of all growth is one \w+: \+\d+ MiB|the largest \w+ is/);
  await expect(verdict).toContainText(/leak/i);
  const beside = verdict.getByRole('button', { name: /coincides with/ });
  await beside.click();
  await expect.poll(() => inAddress(page, 'suspect')).not.toBeNull();
});

test('the tour: offered once, four steps by keyboard, and always in the help', async ({ page, copy, view }) => {
  const { url } = await view(copy);
  await page.goto(url);
  await drawnGraph(page);
  await offer(page).focus();
  await page.keyboard.press('Enter');
  await expect(tour(page).getByText('Step 1 of 4')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'How much, and how it ended' })).toBeFocused();
  for (const step of [2, 3, 4]) {
    await tour(page).getByRole('button', { name: 'Next' }).focus();
    await page.keyboard.press('Enter');
    await expect(tour(page).getByText(`Step ${step} of 4`)).toBeVisible();
  }
  await tour(page).getByRole('button', { name: 'Back' }).click();
  await expect(tour(page).getByText('Step 3 of 4')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tour(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Keys and help' })).toBeFocused();
  await expect(offer(page)).toHaveCount(0);

  await page.reload();
  await drawnGraph(page);
  await expect(offer(page)).toHaveCount(0);
  await page.keyboard.press('?');
  await page.getByRole('button', { name: 'Take the tour' }).click();
  await expect(tour(page)).toBeVisible();
});

test('the tour lights what it tells of and stays whole on a narrow page', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  await page.setViewportSize({ width: 360, height: 640 });
  await offer(page).click();
  for (const region of ['Summary', 'Graph', 'Log', 'Findings, phases and notes']) {
    const about = page.locator(`[aria-label="${region}"]`);
    await expect(about).toBeInViewport();
    const card = await page.locator('.tour-card').boundingBox();
    expect(card?.x).toBeGreaterThanOrEqual(0);
    expect((card?.x ?? 0) + (card?.width ?? 0)).toBeLessThanOrEqual(360);
    expect((card?.y ?? 0) + (card?.height ?? 0)).toBeLessThanOrEqual(640);
    await tour(page)
      .getByRole('button', { name: /Next|Done/ })
      .click();
  }
  await expect(tour(page)).toHaveCount(0);
});

test('what the lines are, each with its source, from the legend and from the help', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  const ask = page.getByRole('button', { name: 'What am I looking at?' });
  await ask.focus();
  await page.keyboard.press('Enter');
  const told = page.getByRole('group', { name: 'What am I looking at?' });
  await expect(told.getByRole('term').filter({ hasText: 'Job RSS' })).toBeVisible();
  await expect(told).toContainText('VmRSS in /proc/PID/status');
  await expect(told).toContainText('VmHWM in /proc/PID/status');
  await page.keyboard.press('Escape');
  await expect(told).toHaveCount(0);
  await expect(ask).toBeFocused();

  await page.keyboard.press('Enter');
  await told.getByRole('button', { name: 'All quantities' }).click();
  const all = page.getByRole('region', { name: 'What am I looking at?' });
  await expect(all.getByRole('heading')).toBeFocused();
  for (const source of ['smaps_rollup', 'memory.current', 'memory.peak', '/proc/meminfo', '/proc/pressure/memory']) {
    await expect(all).toContainText(source);
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in tour, legend's help and sheet in ${colorScheme}`, async ({ graph, page }) => {
    await page.emulateMedia({ colorScheme });
    await expect(graph).toBeVisible();
    const found = async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id);
    await page.getByRole('button', { name: 'What am I looking at?' }).click();
    expect(await found()).toEqual([]);
    await page.getByRole('button', { name: 'All quantities' }).click();
    expect(await found()).toEqual([]);
    await page.getByRole('button', { name: 'Take the tour' }).click();
    await expect(tour(page)).toBeVisible();
    expect(await found()).toEqual([]);
  });
}
