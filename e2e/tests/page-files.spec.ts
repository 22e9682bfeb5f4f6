// Files opened in the page itself: dropped or picked, read there, sent nowhere.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { drawnGraph, expect, test } from './page-fixture.js';

/** Drops files as a file manager does, but without folders, which no script can make. */
async function drop(page: Page, files: Record<string, string>): Promise<void> {
  const data = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const [name, text] of Object.entries(given)) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: data });
  await expect(page.getByText('Drop to open')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
}

const CSV = 'time,rss_mb\n2026-11-20T10:00:00Z,100\n2026-11-20T10:00:01Z,250\n2026-11-20T10:00:02Z,260\n';
const LOG = '2026-11-20T10:00:01Z INFO loaded\n2026-11-20T10:00:02Z ERROR boom\n';

test('an empty page says what to do, and opens what is dropped on it without asking the server', async ({
  page,
  view,
}) => {
  const { url } = await view('--empty');
  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'Nothing is open yet' })).toBeVisible();
  await expect(page.getByText('tidemark run --')).toBeVisible();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/api\/(window|lines|search|marks|phases)/.test(request.url()) || request.method() !== 'GET')
      asked.push(request.url());
  });
  await drop(page, { 'mem.csv': CSV, 'app.log': LOG });
  const graph = await drawnGraph(page);
  await expect(graph).toHaveAccessibleDescription(/from 100 MiB to 260 MiB.*2 log entries/);
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(2);
  await expect(page.getByText('Nothing was uploaded.')).toBeVisible();
  expect(asked).toEqual([]);
});

test('a CSV takes the place of what the server has open; a log goes beside it', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  await drop(page, { 'extra.log': LOG });
  await expect(page.getByRole('tab', { name: 'extra.log' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('heading', { name: 'train resnet' })).toBeVisible();
  await drop(page, { 'mem.csv': CSV });
  await expect(page.getByRole('heading', { name: 'mem.csv' })).toBeVisible();
  await expect(page.getByText(/Reload the page to return/)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'train resnet' })).toBeVisible();
});

test('a recording is opened by picking its files', async ({ page, view, recording }) => {
  const { url } = await view('--empty');
  await page.goto(url);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open files' }).click();
  const files = ['memory.csv', 'output.log', 'events.csv', 'recording.json'].map((name) => join(recording, name));
  await (await chooser).setFiles(files);
  const graph = await drawnGraph(page);
  await expect(graph).toHaveAccessibleDescription(/Job RSS/);
  await expect(page.getByRole('banner').getByRole('status')).toHaveText('exited 0');
  await expect(page.getByRole('tab', { name: 'output.log' })).toBeVisible();
});

test('a file that cannot be read is said, and the old view stays', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  await drop(page, { 'wrong.csv': 'a,b\nx,y\n' });
  await expect(page.getByRole('alert').filter({ hasText: 'wrong.csv' })).toBeVisible();
  await expect(page.getByText('What was open before is still shown.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'train resnet' })).toBeVisible();
});

test('a CSV from anywhere opens with its log from the command line', async ({ page, view, folder }) => {
  const csv = join(folder, 'loose.csv');
  const log = join(folder, 'loose.log');
  writeFileSync(csv, CSV);
  writeFileSync(log, LOG);
  const { url } = await view(csv, '--log', log);
  await page.goto(url);
  const graph = await drawnGraph(page);
  await expect(graph).toHaveAccessibleDescription(/from 100 MiB to 260 MiB.*2 log entries/);
  await expect(page.getByRole('tab', { name: 'loose.log' })).toBeVisible();
  expect(readFileSync(csv, 'utf8')).toBe(CSV);
});

test('a regular expression on a dropped file runs in a worker: one that takes for ever stops nothing, and can be stopped', async ({
  page,
  view,
}) => {
  const { url } = await view('--empty');
  await page.goto(url);
  const lines = ['INFO loaded', `INFO ${'a'.repeat(60)}b`, 'ERROR boom'];
  const log = lines.map((text, s) => `2026-11-20T10:00:0${s}Z ${text}\n`).join('');
  await drop(page, { 'mem.csv': CSV, 'app.log': log });
  const graph = await drawnGraph(page);
  const options = page.getByRole('listbox').getByRole('option');
  await page.getByRole('button', { name: 'Regular expression' }).click();

  const [worker] = await Promise.all([page.waitForEvent('worker'), page.getByRole('searchbox').fill('lo+aded|bo+m$')]);
  expect(worker.url()).toMatch(/^blob:/);
  await expect(options).toHaveCount(2);

  await page.getByRole('searchbox').fill('(a+)+$');
  const stop = page.getByRole('button', { name: 'Stop' });
  await expect(stop).toBeVisible();
  // The page goes on: its graph follows the keys meanwhile.
  await graph.press('Home');
  await expect(graph).toHaveAccessibleDescription(/from 100 MiB/);
  await stop.click();
  await expect(stop).toBeHidden();
  await expect.poll(() => page.workers().length).toBe(0);
  await page.getByRole('searchbox').fill('boom');
  await expect(options).toHaveCount(1);
});
