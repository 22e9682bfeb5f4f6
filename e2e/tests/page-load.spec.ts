// How the page arrives: small, in its theme from the first frame, and without anything that jumps.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright/test';
import { drawnGraph, expect, test } from './page-fixture.js';

const PAGE = join(import.meta.dirname, '../../viewer/dist/page');
const MOST_SCRIPT_BYTES = 250_000;

test('all scripts of the page together are under 250 kB compressed', () => {
  const scripts = readdirSync(PAGE, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'));
  const sizes = scripts.map((path) => [path, gzipSync(readFileSync(join(PAGE, path))).length] as const);
  const sum = sizes.reduce((total, [, bytes]) => total + bytes, 0);
  expect(scripts.length).toBeGreaterThan(1);
  expect(sum, sizes.map(([path, bytes]) => `${path} ${bytes}`).join(', ')).toBeLessThan(MOST_SCRIPT_BYTES);
});

/** Cumulative layout shift so far: web.dev calls up to 0.1 good. */
const layoutShift = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ score: number; what: string }>((resolve) => {
        new PerformanceObserver((list) => {
          const entries = list.getEntries() as (PerformanceEntry & {
            value: number;
            sources: { node: Element | null }[];
          })[];
          resolve({
            score: entries.reduce((sum, { value }) => sum + value, 0),
            what: entries
              .flatMap(({ value, sources }) =>
                sources.map(({ node }) => `${value.toFixed(4)} ${node?.nodeName} ${node?.className ?? ''}`),
              )
              .join('; '),
          });
        }).observe({ type: 'layout-shift', buffered: true });
        // Without any shift the observer is never called.
        setTimeout(() => resolve({ score: 0, what: '' }), 500);
      }),
  );

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]) {
  test(`nothing jumps while a recording arrives on a page ${viewport.width} wide`, async ({ page, view, copy }) => {
    await page.setViewportSize(viewport);
    await page.goto((await view(copy)).url);
    await drawnGraph(page);
    await expect(page.locator('.findings')).toHaveAttribute('aria-busy', 'false');
    await expect(
      page
        .getByRole('listbox', { name: /^Lines of/ })
        .getByRole('option')
        .first(),
    ).toBeVisible();
    const { score, what } = await layoutShift(page);
    expect(score, what).toBeLessThan(0.02);
  });
}

for (const [system, chosen] of [
  ['light', 'dark'],
  ['dark', 'light'],
] as const) {
  test(`${chosen} on a ${system} system is there from the first frame`, async ({ browser, view, copy }) => {
    const context = await browser.newContext({ colorScheme: system });
    const page = await context.newPage();
    await page.addInitScript((theme) => {
      localStorage.setItem('tidemark-theme', theme);
      const seen: string[] = [];
      Object.assign(window, { seen });
      const look = () => {
        if (document.body !== null) seen.push(getComputedStyle(document.body).backgroundColor);
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, chosen);
    await page.goto((await view(copy)).url);
    await drawnGraph(page);
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect([...new Set(seen)]).toEqual([chosen === 'dark' ? 'rgb(11, 16, 22)' : 'rgb(244, 246, 248)']);
    await context.close();
  });
}
