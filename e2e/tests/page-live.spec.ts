// A recording that still grows, and a viewer that goes away.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { drawnGraph, expect, inAddress, recordLive, test, viewWidth } from './page-fixture.js';

test('the page follows a growing recording, pauses, and sees it end', async ({ page, view, folder }, { testId }) => {
  const output = join(folder, `live-${testId}`);
  const job = recordLive(folder, output);
  try {
    await expect.poll(() => view(output).catch(() => null), { timeout: 20_000 }).not.toBeNull();
    const { url } = await view(output);
    await page.goto(url);
    const graph = await drawnGraph(page);
    await expect(page.getByRole('banner').getByRole('status')).toHaveText('recording, following');
    const lines = page.getByRole('listbox').getByRole('option');
    const last = async (): Promise<number> => Number(/tick (\d+)/.exec((await lines.last().textContent()) ?? '')?.[1]);
    await expect.poll(last).toBeGreaterThan(5);
    const seen = await last();
    await expect.poll(last).toBeGreaterThan(seen + 5);

    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByRole('banner').getByRole('status')).toHaveText('recording, paused here');
    await expect.poll(() => viewWidth(page)).not.toBeNull();
    const paused = inAddress(page, 'view');
    const summary = page.getByRole('region', { name: 'Summary' });
    const before = await summary.textContent();
    await expect(summary).not.toHaveText(before ?? '');
    expect(inAddress(page, 'view')).toBe(paused);

    await graph.focus();
    await page.keyboard.press('f');
    await expect(page.getByRole('banner').getByRole('status')).toHaveText('recording, following');
    await expect.poll(() => inAddress(page, 'view')).toBeNull();

    job.kill('SIGTERM');
    await expect(page.getByRole('banner').getByRole('status')).toHaveText(/SIGTERM|exited/);
    await expect(page.getByRole('button', { name: 'Pause' })).toBeHidden();
  } finally {
    job.kill('SIGTERM');
  }
});

test('while the viewer is gone nobody is told that its recording is followed, until it is back', async ({
  page,
  view,
  folder,
}, { testId }) => {
  const output = join(folder, `live-${testId}`);
  const job = recordLive(folder, output);
  try {
    await expect.poll(() => existsSync(join(output, 'memory.csv'))).toBe(true);
    const viewer = await view(output);
    await page.goto(viewer.url);
    await drawnGraph(page);
    const pill = page.getByRole('banner').getByRole('status');
    await expect(pill).toHaveText('recording, following');
    viewer.process.kill();
    await expect(pill).toHaveText('viewer not reachable, trying again');
    await view(output, '--port', new URL(viewer.url).port);
    await expect(pill).toHaveText('recording, following');
  } finally {
    job.kill('SIGTERM');
  }
});

test('a viewer that went away is said, and what is shown stays', async ({ page, view, copy }) => {
  const viewer = await view(copy);
  await page.goto(viewer.url);
  const graph = await drawnGraph(page);
  viewer.process.kill();
  await expect(page.getByText('The viewer does not answer')).toBeVisible();
  await expect(graph).toHaveAccessibleDescription(/Job RSS/);
});
