// The page's main states as pictures, compared with those in tests/pictures. To make them anew after a wanted change:
//   pnpm e2e page-pictures --update-snapshots
// The tolerance, a thousand pixels of a wide page, is below the ink of every panel, as the test that takes each away shows.
// Edges of letters, which another Chromium draws otherwise, are not counted; other hinting of fonts made no difference at all.
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { writeFixedRecording } from './fixed-recording.js';
import { drawnGraph, expect, test } from './page-fixture.js';

const HOW = { maxDiffPixelRatio: 0.0008, stylePath: join(import.meta.dirname, 'pictures.css') } as const;

test.use({
  viewport: { width: 1440, height: 900 },
  timezoneId: 'UTC',
  locale: 'en-GB',
  // The style of a picture is put into the page, which the page's own policy would refuse.
  bypassCSP: true,
});

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('tidemark-tour', 'visit demo'));
});

/** Everything that comes later is there: findings, notes, the log's lines. */
async function settled(page: Page): Promise<void> {
  await drawnGraph(page);
  await expect(page.locator('.findings')).toHaveAttribute('aria-busy', 'false');
  await expect(page.getByRole('list', { name: 'Verdict' })).not.toContainText('looking');
  await expect(page.getByText('the index is built in memory').first()).toBeVisible();
  await expect(
    page
      .getByRole('listbox', { name: /^Lines of/ })
      .getByRole('option')
      .first(),
  ).toBeVisible();
}

test.describe('a recording', () => {
  test.beforeEach(async ({ page, view, folder }) => {
    await page.goto((await view(writeFixedRecording(folder))).url);
    await settled(page);
  });

  test('in light', async ({ page }) => {
    await expect(page).toHaveScreenshot('light.png', HOW);
  });

  test('with the export panel, and with the help', async ({ page }) => {
    await page.getByRole('button', { name: 'Export' }).click();
    await expect(page.getByRole('group', { name: 'Export' })).toHaveScreenshot('export.png', HOW);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Keys and help' }).click();
    await expect(page.getByRole('dialog', { name: 'Keys and help' })).toHaveScreenshot('help.png', HOW);
  });

  test('on paper', async ({ page }) => {
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect(page.getByRole('img', { name: 'The graph, as it is in view' })).toBeVisible();
    await expect(page).toHaveScreenshot('print.png', { ...HOW, fullPage: true });
  });

  test('a panel that is missing is noticed', async ({ page }, { config }) => {
    test.skip(/all|changed/.test(config.updateSnapshots), 'pictures are being made');
    for (const panel of [
      '.header',
      '.tiles dl',
      '.verdict',
      '.toolbar',
      '.graph',
      '.overview',
      '.log-body',
      '.aside',
    ]) {
      const style = await page.addStyleTag({ content: `${panel} { visibility: hidden !important }` });
      await expect(page, panel).not.toHaveScreenshot('light.png', { ...HOW, timeout: 5000 });
      await style.evaluate((element) => element.parentNode?.removeChild(element));
    }
  });
});

test.describe('a recording in dark', () => {
  test.use({ colorScheme: 'dark' });
  test('in dark', async ({ page, view, folder }) => {
    await page.goto((await view(writeFixedRecording(folder))).url);
    await settled(page);
    await expect(page).toHaveScreenshot('dark.png', HOW);
  });
});

test.describe('a narrow page', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test('a recording on a phone', async ({ page, view, folder }) => {
    await page.goto((await view(writeFixedRecording(folder))).url);
    await settled(page);
    await expect(page).toHaveScreenshot('narrow.png', HOW);
  });
});

test('nothing open', async ({ page, view }) => {
  await page.goto((await view('--empty')).url);
  await expect(page.getByRole('heading', { name: 'Nothing is open yet' })).toBeVisible();
  await expect(page).toHaveScreenshot('empty.png', HOW);
});
