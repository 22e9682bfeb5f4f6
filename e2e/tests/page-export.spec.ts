// What can be taken away from the page: pictures of what is in view, its figures, and the reports.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright/test';
import { drag, drawnGraph, ENTRIES, expect, test, viewWidth } from './page-fixture.js';

interface Saved {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Opens the panel, sets what `choose` sets, and takes the file that a button gives. */
async function save(page: Page, button: string, choose: () => Promise<void> = async () => {}): Promise<Saved> {
  await page.getByRole('button', { name: 'Export' }).click();
  await choose();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** Width and height from a PNG's header. */
function sizeOf(png: Buffer): [width: number, height: number] {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test('Save PNG gives the annotated graph, named after the recording', async ({ graph, page }) => {
  const whole = await save(page, 'Save PNG');
  expect(whole.name).toBe('train-resnet.png');
  expect(sizeOf(whole.bytes)).toEqual([3200, 1800]);
  await expect(page.getByText('Saved train-resnet.png.').first()).toBeVisible();

  // What is blank compresses to almost nothing; and another view is another picture.
  expect(whole.bytes.length).toBeGreaterThan(60_000);
  await drag(page, graph, 0.3, 0.6);
  await expect.poll(() => viewWidth(page)).not.toBeNull();
  await expect(graph).not.toHaveAccessibleDescription(/plateau, rise, plateau, climb, plateau/);
  const part = await save(page, 'Save PNG');
  expect(sizeOf(part.bytes)).toEqual([3200, 1800]);
  expect(part.bytes.equals(whole.bytes)).toBe(false);
});

test('size, colours and details are chosen', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  const light = await save(page, 'Save PNG', async () => {
    await page.getByLabel('Size').selectOption('1×');
    await page.getByLabel('Colours').selectOption('light');
  });
  expect(sizeOf(light.bytes)).toEqual([1600, 900]);
  const dark = await save(page, 'Save PNG', async () => {
    await page.getByLabel('Colours').selectOption('dark');
    await page.getByLabel('with phases and log lines').check();
  });
  expect(sizeOf(dark.bytes)).toEqual([1600, 1160]);
  expect(dark.bytes.equals(light.bytes)).toBe(false);
});

test('Save SVG gives the same picture in letters and lines', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  const { name, bytes } = await save(page, 'Save SVG', async () => {
    await page.getByLabel('with phases and log lines').check();
  });
  expect(name).toBe('train-resnet.svg');
  const seen = await page.evaluate((text) => {
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      root: svg.documentElement.tagName,
      broken: svg.querySelector('parsererror')?.textContent ?? null,
      texts: [...svg.querySelectorAll('text')].map((element) => element.textContent),
      // A line of many points is one path, not what a browser keeps for itself.
      longest: Math.max(...[...svg.querySelectorAll('path')].map((path) => (path.getAttribute('d') ?? '').length)),
    };
  }, bytes.toString());
  expect(seen).toMatchObject({ root: 'svg', broken: null });
  expect(seen.texts).toContain('train resnet');
  expect(seen.texts.join('\n')).toMatch(/shard 0 loaded/);
  expect(seen.longest).toBeGreaterThan(200);
});

test('Save CSV gives the lines that are in view', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  const { name, bytes } = await save(page, 'Save CSV');
  expect(name).toBe('train-resnet.csv');
  const [head = '', ...rows] = bytes.toString().trimEnd().split('\n');
  expect(head).toMatch(/^time,job_rss_bytes,job_rss_peak_bytes/);
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.every((row) => row.split(',').length === head.split(',').length)).toBe(true);
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

test('Save Markdown gives the report, and the picture that it shows', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  const files: string[] = [];
  page.on('download', (download) => files.push(download.suggestedFilename()));
  const { bytes } = await save(page, 'Save Markdown');
  const text = bytes.toString();
  expect(text).toMatch(/^# Memory of `train resnet`/);
  expect(text).toContain('![Memory over time](<train-resnet.png>)');
  expect(text).toMatch(/## Phases[\s\S]*rise/);
  await expect(page.getByText('Saved train-resnet.md and train-resnet.png.').first()).toBeVisible();
  expect(files).toEqual(['train-resnet.md', 'train-resnet.png']);
});

test('Save HTML gives the page and the data in one file, which opens from a disk without a network', async ({
  graph,
  page,
  browser,
}, testInfo) => {
  await drag(page, graph, 0.3, 0.6);
  await expect.poll(() => viewWidth(page)).not.toBeNull();
  const width = viewWidth(page);
  const { name, bytes } = await save(page, 'Save HTML', async () => {
    await page.getByLabel('redact').check();
  });
  expect(name).toBe('train-resnet.html');

  const path = testInfo.outputPath(name);
  writeFileSync(path, bytes);
  const offline = await browser.newContext({ offline: true });
  const report = await offline.newPage();
  const wrong: string[] = [];
  report.on('request', (request) => {
    if (!/^(?:file|data|blob):/.test(request.url())) wrong.push(request.url());
  });
  report.on('pageerror', (error) => wrong.push(error.message));
  report.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  await report.goto(pathToFileURL(path).href);
  await drawnGraph(report);
  await expect(report.getByRole('heading', { name: 'train resnet' })).toBeVisible();
  // It begins where the page was.
  expect(viewWidth(report)).toBe(width);
  await report.keyboard.press('0');
  await expect(report.getByText(`${ENTRIES} entries`)).toBeVisible();
  await expect(report.getByText(/^Taken out of log, command, events and notes: /)).toBeVisible();
  // Markup in the log is text there too.
  await report.getByRole('searchbox').fill('checkpoint failed');
  await expect(report.getByText('<img src=x', { exact: false }).first()).toBeVisible();
  expect(await report.title()).not.toBe('1');
  // Its own policy lets a regular expression run in a worker.
  const working = report.waitForEvent('worker');
  await report.getByRole('button', { name: 'Regular expression' }).click();
  expect((await working).url()).toMatch(/^blob:/);
  expect(wrong).toEqual([]);
  await offline.close();
});
