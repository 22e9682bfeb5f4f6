// The end of a log that is still being read: shown at once by the button or the End key, and by the list itself once all is read.
import { closeSync, linkSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { drawnGraph, expect, inAddress, test } from './page-fixture.js';

const START = Date.parse('2026-11-20T10:00:00.000Z');
const CHUNK_BYTES = 4 * 1024 * 1024;
const CHUNKS = 40;
/** Names of the one file: all are read at the same time, so that each takes as long as all of them. */
const NAMES = 6;

/** No line is of the shape of the one before: the slow way, 2 µs each. */
const SHAPES: readonly ((time: string) => string)[] = [
  (time) => `${time} INFO shard`,
  (time) => `[${time}] shard-writer <info> shard`,
  (time) => `${time.slice(0, 19)}Z shard-writer[4242]: shard`,
];

/** Arguments for `view`: a gigabyte of log to read, which takes some 20 s of a core; 160 MB on the disk. */
function largeLogs(folder: string): string[] {
  mkdirSync(folder);
  const first = join(folder, 'job-0.log');
  const line = (n: number) =>
    `${SHAPES[n % SHAPES.length]!(new Date(START + n).toISOString())} ${n} was written and is not looked at again\n`;
  let chunk = '';
  for (let n = 0; chunk.length < CHUNK_BYTES; n++) chunk += line(n);
  const file = openSync(first, 'w');
  for (let written = 0; written < CHUNKS; written++) writeSync(file, chunk);
  writeSync(file, `${new Date(START + 3_600_000).toISOString()} ERROR the very last words\n`);
  closeSync(file);
  const others = Array.from({ length: NAMES - 1 }, (_, i) => join(folder, `job-${i + 1}.log`));
  for (const other of others) linkSync(first, other);
  return [first, ...others].flatMap((path) => ['--log', path]);
}

test('while a log is read its end can be shown, and becomes the end of the list', async ({
  page,
  view,
  recording,
  folder,
}) => {
  test.setTimeout(240_000);
  const { url } = await view(recording, ...largeLogs(join(folder, 'tails')));
  await page.goto(`${url}#log=l2`);
  const show = page.getByRole('button', { name: 'Show the end of the file' });
  const end = page.getByRole('listbox', { name: 'End of job-0.log, line numbers not known yet' });
  await show.click();
  const last = end.getByRole('option', { name: /the very last words/ });
  await expect(last).toBeInViewport();
  await expect(last).toContainText('?');
  await expect(last).toContainText(/\d\d-\d\d 11:00:00.000/);
  // In the letters and the height of the list below it.
  const list = page.getByRole('listbox', { name: 'Lines of job-0.log' });
  const look = (row: typeof last) =>
    row.evaluate((e) => [getComputedStyle(e).fontFamily, e.getBoundingClientRect().height]);
  expect(await look(last)).toEqual(await look(list.getByRole('option').first()));

  // A line of it leads to its instant.
  await last.click();
  await expect.poll(() => inAddress(page, 'at')).toBe(String(START + 3_600_000));

  // All of it is read: the list stands at the same lines, with their numbers.
  await expect(end).toHaveCount(0, { timeout: 180_000 });
  await expect(show).toHaveCount(0);
  const known = list.getByRole('option', { name: /the very last words/ });
  await expect(known).toBeInViewport();
  await expect(known).toContainText(/\d{6}/);
  await drawnGraph(page);
});

test('the End key leads to the end of the file, not to where reading has come to', async ({
  page,
  view,
  recording,
  folder,
}) => {
  const { url } = await view(recording, ...largeLogs(join(folder, 'tails-by-key')));
  await page.goto(`${url}#log=l2`);
  const list = page.getByRole('listbox', { name: 'Lines of job-0.log' });
  await list.focus();
  await page.keyboard.press('End');
  const end = page.getByRole('listbox', { name: 'End of job-0.log, line numbers not known yet' });
  await expect(end.getByRole('option', { name: /the very last words/ })).toBeInViewport();
  await page.getByRole('button', { name: 'Hide' }).click();
  await expect(end).toHaveCount(0);
});
