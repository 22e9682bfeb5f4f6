// The graph: what it tells, and every way to move on it.
import { drag, drawnGraph, ENTRIES, expect, inAddress, pointOn, test, viewWidth } from './page-fixture.js';

test('one look says it: title, ending, peak and how it is known, duration, headroom, phases', async ({
  graph,
  page,
}) => {
  await expect(page.getByRole('heading', { name: 'train resnet' })).toBeVisible();
  await expect(page.getByRole('banner').getByRole('status')).toHaveText('exited 0');
  const summary = page.getByRole('region', { name: 'Summary' });
  await expect(summary).toContainText(/Peak\d+ MiBat .*high-water mark/);
  await expect(summary).toContainText(/Final\d+/);
  await expect(summary).toContainText(/Duration\d\.\d s\d+ samples every 100 ms/);
  await expect(summary).toContainText(/Headroom\d/);
  const phases = page.getByRole('table', { name: 'Phases' });
  await expect(phases.getByRole('button', { name: 'rise' }).first()).toBeVisible();
  await expect(phases.getByRole('button', { name: 'plateau' }).first()).toBeVisible();
  await expect(graph).toHaveAccessibleDescription(new RegExp(`Job RSS from .* ${ENTRIES} log entries`));
});

test('nothing on the page is refused by its own policy or fails', async ({ page, view, copy }) => {
  const trouble: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') trouble.push(message.text());
  });
  page.on('pageerror', (error) => trouble.push(error.message));
  const { url } = await view(copy);
  await page.goto(url);
  const graph = await drawnGraph(page);
  await graph.hover();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  expect(trouble).toEqual([]);
});

test('hovering tells time, values, change, phase and the nearest log line', async ({ graph, page }) => {
  const at = await pointOn(graph, 0.6);
  await page.mouse.move(at.x, at.y);
  const readout = page.locator('.readout');
  await expect(readout).toContainText(/\d\d:\d\d:\d\d\.\d{3}.*s from start/);
  await expect(readout).toContainText(/Job RSS\d+ MiB/);
  await expect(readout).toContainText(/ B in \d|iB in \d/);
  await expect(readout).toContainText(/(climb|rise|plateau) ?/);
  await expect(readout).toContainText(/INFO|WARN|DEBUG|ERROR/);
  await page.mouse.move(5, 5);
  await expect(readout).toBeHidden();
});

test('the legend switches lines, and the address remembers them', async ({ graph, page }) => {
  const legend = page.getByRole('group', { name: 'Lines on the graph' });
  const rss = legend.getByRole('button', { name: 'Job RSS' });
  await expect(rss).toHaveAttribute('aria-pressed', 'true');
  await rss.click();
  await expect(rss).toHaveAttribute('aria-pressed', 'false');
  await expect(graph).not.toHaveAccessibleDescription(/Job RSS/);
  await legend.getByRole('button', { name: 'More lines' }).click();
  await legend.getByRole('button', { name: 'Machine used' }).click();
  await expect(graph).toHaveAccessibleDescription(/Machine used from/);
  await page.reload();
  await drawnGraph(page);
  await expect(rss).toHaveAttribute('aria-pressed', 'false');
  await expect(legend.getByRole('button', { name: 'Machine used' })).toHaveAttribute('aria-pressed', 'true');
});

test('keys switch the lines of the legend in its order', async ({ graph, page }) => {
  const legend = page.getByRole('group', { name: 'Lines on the graph' });
  const rss = legend.getByRole('button', { name: 'Job RSS' });
  const key = (await rss.getAttribute('aria-keyshortcuts')) ?? '';
  expect(key).toMatch(/^[1-9]$/);
  await page.keyboard.press(key);
  await expect(rss).toHaveAttribute('aria-pressed', 'false');
  await expect(graph).not.toHaveAccessibleDescription(/Job RSS/);
  await page.keyboard.press(key);
  await expect(rss).toHaveAttribute('aria-pressed', 'true');
  // In a field a digit is a digit.
  await page.getByRole('searchbox').fill(key);
  await page.getByRole('searchbox').press(key);
  await expect(rss).toHaveAttribute('aria-pressed', 'true');
});

test('the row of a phase shows its span on the graph, and the crosshair shows the row', async ({ graph, page }) => {
  const overlay = graph.locator('canvas').last();
  const drawn = () => overlay.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const empty = await drawn();
  const rows = page.getByRole('table', { name: 'Phases' }).getByRole('row');
  await rows.nth(1).hover();
  await expect.poll(drawn).not.toBe(empty);
  await page.mouse.move(2, 2);
  await expect.poll(drawn).toBe(empty);
  await page.getByRole('list', { name: 'Findings' }).getByRole('button').first().focus();
  await expect.poll(drawn).not.toBe(empty);

  const at = await pointOn(graph, 0.95);
  await page.mouse.move(at.x, at.y);
  await expect(page.getByRole('table', { name: 'Phases' }).locator('tr[aria-current=true]')).toHaveCount(1);
});

test('drag zooms, the wheel zooms, Shift and drag pans, double click shows everything', async ({ graph, page }) => {
  await expect(page.getByRole('button', { name: 'Show all' })).toBeDisabled();
  await drag(page, graph, 0.3, 0.6);
  await expect.poll(() => viewWidth(page)).toBeGreaterThan(500);
  const zoomed = viewWidth(page) ?? 0;

  await page.mouse.wheel(0, -300);
  await expect.poll(() => viewWidth(page)).toBeLessThan(zoomed * 0.9);
  const narrow = viewWidth(page) ?? 0;
  const before = inAddress(page, 'view');

  await page.keyboard.down('Shift');
  await drag(page, graph, 0.6, 0.5);
  await page.keyboard.up('Shift');
  await expect.poll(() => inAddress(page, 'view')).not.toBe(before);
  expect(viewWidth(page)).toBeCloseTo(narrow, 0);

  const middle = await pointOn(graph, 0.5);
  await page.mouse.dblclick(middle.x, middle.y);
  await expect.poll(() => inAddress(page, 'view')).toBeNull();
});

test('the keyboard does what the mouse does', async ({ graph, page }) => {
  await graph.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => inAddress(page, 'at')).not.toBeNull();
  const first = Number(inAddress(page, 'at'));
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => Number(inAddress(page, 'at'))).toBeGreaterThan(first);
  await expect(page.locator('.readout')).toContainText('Job RSS');

  await page.keyboard.press('+');
  await expect.poll(() => viewWidth(page)).not.toBeNull();
  const one = viewWidth(page) ?? 0;
  await page.keyboard.press('+');
  await expect.poll(() => viewWidth(page)).toBeLessThan(one);
  const place = inAddress(page, 'view');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => inAddress(page, 'view')).not.toBe(place);

  await page.keyboard.press('Escape');
  await expect.poll(() => inAddress(page, 'view')).toBeNull();
  await page.keyboard.press('Escape');
  await expect.poll(() => inAddress(page, 'at')).toBeNull();
});

test('a phase in the table fills the view; the back button undoes it', async ({ graph, page }) => {
  await page.getByRole('table', { name: 'Phases' }).getByRole('button', { name: 'rise' }).first().click();
  await expect.poll(() => viewWidth(page)).toBeGreaterThan(50);
  await expect(graph).toHaveAccessibleDescription(/rise/);
  await page.goBack();
  await expect.poll(() => inAddress(page, 'view')).toBeNull();
  await expect(page.getByRole('button', { name: 'Show all' })).toBeDisabled();
});

test('the axis shows the wall clock in any zone, or the time from the start', async ({ graph, page }) => {
  const axis = page.getByRole('group', { name: 'Time axis' });
  await axis.getByRole('button', { name: 'From start' }).click();
  await expect(graph).toHaveAccessibleDescription(/^-?\d+ ms to \d/);
  await axis.getByRole('button', { name: 'Wall clock' }).click();
  await expect(graph).toHaveAccessibleDescription(/^\d\d:\d\d:\d\d/);
});

test('the theme follows the system, can be chosen, and is kept', async ({ graph, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(background).not.toBe(dark);
  await page.getByRole('button', { name: /^Theme:/ }).click();
  await page.getByRole('button', { name: /^Theme: light/ }).click();
  await expect.poll(background).toBe(dark);
  await page.goto(page.url().replace(/#.*/, ''));
  await expect(graph).toBeVisible();
  await expect.poll(background).toBe(dark);
});

for (const width of [360, 390, 1024, 3840]) {
  test(`at ${width} pixels nothing sticks out at the side`, async ({ graph, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await expect(graph).toBeVisible();
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
      .toBe(0);
    const box = await graph.boundingBox();
    expect(box?.width).toBeGreaterThan(width * 0.9);
    expect(box?.height).toBeGreaterThan(150);
  });
}

test('the value axis can begin under the data or go by powers; the address keeps it, and the key goes round', async ({
  graph,
  page,
}) => {
  await expect(graph).toBeVisible();
  await page.getByLabel('Value axis').selectOption('logarithmic');
  await expect.poll(() => inAddress(page, 'scale')).toBe('log');
  await page.reload();
  await drawnGraph(page);
  await expect(page.getByLabel('Value axis')).toHaveValue('log');
  await page.keyboard.press('l');
  await expect(page.getByLabel('Value axis')).toHaveValue('zero');
  await page.keyboard.press('l');
  await expect.poll(() => inAddress(page, 'scale')).toBe('fit');
});
