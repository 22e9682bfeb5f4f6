// The whole story without a mouse: open, find the spike, jump to its line, note it, take the picture along.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { writeFixedRecording } from './fixed-recording.js';
import { drawnGraph, expect, inAddress, test } from './page-fixture.js';

/** Tab until the focus is there, as a person would; fails when it never comes. */
async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  for (let i = 0; i < most; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${target}`);
}

test('open, find the spike, jump to the line, note it, export: by keyboard alone', async ({ page, view, folder }) => {
  const recording = writeFixedRecording(join(folder, 'keyboard'));
  await page.goto((await view(recording)).url);
  await drawnGraph(page);

  const spike = page.getByRole('list', { name: 'Findings' }).getByRole('button', { name: /^Spike/ });
  await expect(spike).toBeVisible();
  await tabTo(page, spike);
  await page.keyboard.press('Enter');
  await expect.poll(() => inAddress(page, 'at')).not.toBeNull();
  const line = page.getByRole('listbox', { name: /^Lines of/ }).getByRole('option', { selected: true });
  await expect(line).toContainText(/sorting all records|price is not a number/);

  await page.keyboard.press('e');
  await expect(line).toContainText('price is not a number');

  await page.keyboard.press('a');
  await expect(page.getByRole('application', { name: 'Memory over time' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('sorted in memory');
  await page.keyboard.press('Enter');
  const notes = page.getByRole('complementary').getByText('sorted in memory');
  await expect(notes).toBeVisible();
  await expect
    .poll(() => readFileSync(join(recording, 'annotations.json'), 'utf8'))
    .toContain('"text": "sorted in memory"');

  const exporting = page.getByRole('button', { name: 'Export' });
  await tabTo(page, exporting);
  await page.keyboard.press('Enter');
  const download = page.waitForEvent('download');
  await tabTo(page, page.getByRole('button', { name: 'Save PNG' }));
  await page.keyboard.press('Enter');
  const bytes = readFileSync(await (await download).path());
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  await expect(exporting).toBeFocused();
});

test('the focus can be seen wherever Tab leads, in both themes', async ({ page, view, folder }) => {
  await page.goto((await view(writeFixedRecording(join(folder, 'focus')))).url);
  await drawnGraph(page);
  await expect(page.locator('.findings')).toHaveAttribute('aria-busy', 'false');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const seen = new Set<string>();
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      const { name, visible } = await page.evaluate(() => {
        const focused = document.activeElement ?? document.body;
        // A field without an outline of its own has one around it.
        const ringed = [focused, focused.parentElement].some(
          (element) => element !== null && parseFloat(getComputedStyle(element).outlineWidth) >= 2,
        );
        const name = `${focused.tagName} ${focused.className} ${focused.getAttribute('aria-label') ?? focused.textContent}`;
        return { name, visible: ringed || focused === document.body };
      });
      expect(visible, name).toBe(true);
      seen.add(name);
    }
    expect(seen.size).toBeGreaterThan(20);
  }
});
