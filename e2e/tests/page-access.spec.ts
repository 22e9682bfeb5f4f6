// What axe finds on the page, in its states and in both themes: nothing. And that the page never scrolls sideways.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { drawnGraph, expect, recordLive, test } from './page-fixture.js';

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('a recording, its panels and its dialogs', async ({ graph, page }) => {
      await expect(graph).toBeVisible();
      await expect(page.getByRole('heading', { name: 'Findings' })).toBeVisible();
      await expectAccessible(page);

      await page.getByRole('button', { name: 'Export' }).click();
      await expectAccessible(page);
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Keys and help' }).click();
      await expectAccessible(page);
      await page.keyboard.press('Escape');

      await graph.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('e');
      await page.getByRole('searchbox').fill('epoch');
      await expect(page.getByText(/20 (?:of|entries)/).first()).toBeVisible();
      await expectAccessible(page);
    });

    test('two recordings, over each other and one above the other', async ({ view, page, copy, recording }) => {
      const { url } = await view(recording, copy);
      await page.goto(url);
      await drawnGraph(page);
      await expect(page.getByRole('table', { name: 'Differences', exact: true })).toBeVisible();
      await expectAccessible(page);
      await page.getByLabel('Recordings on the graph').selectOption('stacked');
      await page.setViewportSize({ width: 360, height: 740 });
      await expectAccessible(page);
    });

    test('nothing open, and a file that is none', async ({ view, page, folder }) => {
      const { url } = await view('--empty');
      await page.goto(url);
      await expect(page.getByRole('heading', { name: 'Nothing is open yet' })).toBeVisible();
      await expectAccessible(page);
      const path = join(folder, 'no-time.csv');
      writeFileSync(path, 'a,b\n1,2\n');
      await page.locator('input[type=file]').first().setInputFiles(path);
      await expect(page.getByRole('alert')).toBeVisible();
      await expectAccessible(page);
    });

    test('a recording that grows, and a viewer that is gone', async ({ view, page, folder }) => {
      const output = join(folder, `live-${colorScheme}`);
      const job = recordLive(folder, output);
      try {
        await expect.poll(() => existsSync(join(output, 'memory.csv'))).toBe(true);
        const viewer = await view(output);
        await page.goto(viewer.url);
        await drawnGraph(page);
        await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
        await expectAccessible(page);
        viewer.process.kill();
        await expect(page.getByRole('alert').filter({ hasText: 'does not answer' }).first()).toBeVisible();
        await expectAccessible(page);
      } finally {
        job.kill('SIGTERM');
      }
    });

    test('a narrow page', async ({ graph, page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await expect(graph).toBeVisible();
      await expectAccessible(page);
      const { scroll, client } = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        client: document.documentElement.clientWidth,
      }));
      expect(scroll).toBeLessThanOrEqual(client);
    });
  });
}
