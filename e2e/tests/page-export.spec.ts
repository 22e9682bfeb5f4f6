// The picture from the page: what is in view, as a PNG of its own size.
import { readFileSync } from 'node:fs';
import { drag, expect, test, viewWidth } from './page-fixture.js';

/** Width and height from a PNG's header. */
function sizeOf(png: Buffer): [width: number, height: number] {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test('Save PNG gives the annotated graph, named after the recording', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  const save = async (): Promise<Buffer> => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('button', { name: 'Save PNG' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('train-resnet.png');
    return readFileSync(await file.path());
  };
  const whole = await save();
  expect(sizeOf(whole)).toEqual([3200, 1800]);
  await expect(page.getByText('Saved train-resnet.png.').first()).toBeVisible();

  // What is blank compresses to almost nothing; and another view is another picture.
  expect(whole.length).toBeGreaterThan(60_000);
  await drag(page, graph, 0.3, 0.6);
  await expect.poll(() => viewWidth(page)).not.toBeNull();
  await expect(graph).not.toHaveAccessibleDescription(/plateau, rise, plateau, climb, plateau/);
  const part = await save();
  expect(sizeOf(part)).toEqual([3200, 1800]);
  expect(part.equals(whole)).toBe(false);
});

test('Copy image puts the picture into the clipboard', async ({ graph, page, context }) => {
  await expect(graph).toBeVisible();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Copy image' }).click();
  await expect(page.getByText('The picture is in the clipboard.').first()).toBeVisible();
  const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types));
  expect(types).toContain('image/png');
});
