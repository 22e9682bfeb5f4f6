// Two recordings on one page: where they meet, and what differs between them.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { test as base, COMMAND, drawnGraph, expect, inAddress, pointOn } from './page-fixture.js';

/** Loads so many MiB after a wait, holds them, lets go. */
const JOB = `
const [, , mib, wait] = process.argv.map(Number);
const log = (text) => console.log(new Date().toISOString() + ' INFO ' + text);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
log('starting');
await sleep(wait);
log('loading data set');
const kept = [];
for (let done = 0; done < mib; done += 20) { kept.push(Buffer.alloc(20 << 20, 1)); await sleep(30); }
log('training');
await sleep(1000);
`;

interface Runs {
  readonly large: string;
  readonly small: string;
}

const test = base.extend<{ compared: Page }, { runs: Runs }>({
  runs: [
    async ({ folder }, use) => {
      const job = join(folder, 'sized.mjs');
      writeFileSync(job, JOB);
      const run = (name: string, mib: number, wait: number): string => {
        const output = join(folder, name);
        const args = ['run', '-q', '-i', '50ms', '-o', output, '--label', name, '--'];
        execFileSync(process.execPath, [COMMAND, ...args, process.execPath, job, String(mib), String(wait)]);
        return output;
      };
      await use({ large: run('batch-64', 240, 500), small: run('batch-32', 120, 1100) });
    },
    { scope: 'worker' },
  ],
  compared: async ({ page, view, runs }, use) => {
    const { url } = await view(runs.large, runs.small);
    await page.goto(url);
    await drawnGraph(page);
    await use(page);
  },
});

const differences = (page: Page) => page.getByRole('table', { name: 'Differences', exact: true });

/** On a busy machine the data set loads so slowly that the rise is a climb. */
async function meetAtLoading(page: Page): Promise<void> {
  const meeting = page.getByLabel('Aligned at');
  const option = meeting.getByRole('option', { name: /^at (rise|climb): loading data set$/ });
  await expect(option).toBeAttached();
  await meeting.selectOption({ label: (await option.textContent())! });
}

const graphOf = (page: Page) => page.getByRole('application', { name: 'Memory over time' });

test('one recording is compared with nothing', async ({ graph, page }) => {
  await expect(graph).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Findings' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Before / after' })).toBeHidden();
  await expect(page.getByLabel('Aligned at')).toBeHidden();
});

test('two recordings meet at their starts, and what differs stands beside them', async ({ compared: page }) => {
  await expect(graphOf(page)).toHaveAccessibleDescription(
    /Job RSS, batch-64 \(before\) .* Job RSS, batch-32 \(after\)/,
  );
  await expect(graphOf(page)).toHaveAccessibleDescription(/^-?\d+ ms to/);
  const table = differences(page);
  await expect(table.getByRole('row', { name: /^peak .* -\d\d\.\d % ↓ less$/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /^final/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /^time/ })).toBeVisible();
  const phases = page.getByRole('table', { name: 'Differences by phase' });
  await expect(phases.getByRole('row', { name: /^(rise|climb) loading data set .* less/ })).toBeVisible();
  await expect(page.getByText(/One run each/)).toBeVisible();
  await expect(page.getByText(/^Peak \d+ MiB before, \d+ MiB after/)).toBeVisible();
});

test('before and after can be swapped; the back button swaps them back', async ({ compared: page }) => {
  await expect(differences(page).getByRole('row', { name: /^peak .* less/ })).toBeVisible();
  await page.getByRole('button', { name: 'Swap before and after' }).click();
  await expect(differences(page).getByRole('row', { name: /^peak .* more/ })).toBeVisible();
  await expect(graphOf(page)).toHaveAccessibleDescription(/batch-64 \(after\)/);
  await page.reload();
  await expect(differences(page).getByRole('row', { name: /^peak .* more/ })).toBeVisible();
  await page.getByRole('button', { name: 'Swap before and after' }).click();
  await expect(differences(page).getByRole('row', { name: /^peak .* less/ })).toBeVisible();
  await page.goBack();
  await expect(differences(page).getByRole('row', { name: /^peak .* more/ })).toBeVisible();
});

test('they meet at a phase that both have, and the address remembers it', async ({ compared: page }) => {
  const meeting = page.getByLabel('Aligned at');
  await meetAtLoading(page);
  // Both begin before 0 now: what stood at 0 was their starts.
  await expect(graphOf(page)).toHaveAccessibleDescription(/^-\d+(\.\d+)? m?s to/);
  await expect.poll(() => inAddress(page, 'align')).toBe('loading data set');
  await page.reload();
  await drawnGraph(page);
  await expect(meeting).toHaveValue('loading data set');
  await expect(graphOf(page)).toHaveAccessibleDescription(/^-\d+(\.\d+)? m?s to/);
  await page.getByRole('button', { name: 'Wall clock' }).click();
  await expect(graphOf(page)).toHaveAccessibleDescription(/^\d\d:\d\d:\d\d/);
  await page.goBack();
  await expect(graphOf(page)).toHaveAccessibleDescription(/^-\d+(\.\d+)? m?s to/);
});

test('they stand one above the other, or over each other with the difference below', async ({ compared: page }) => {
  const layout = page.getByLabel('Recordings on the graph');
  await layout.selectOption({ label: 'one above the other' });
  await expect(graphOf(page)).toHaveAccessibleDescription(
    /Panels of their own: batch-64 \(before\), batch-32 \(after\)/,
  );
  const readout = page.locator('.readout');
  // One crosshair: the lower panel tells of both as well.
  for (const y of [0.3, 0.8]) {
    const at = await pointOn(graphOf(page), 0.5, y);
    await page.mouse.move(at.x, at.y);
    await expect(readout).toContainText(/Job RSS, batch-64.*Job RSS, batch-32/);
  }
  await page.reload();
  await expect(graphOf(page)).toHaveAccessibleDescription(/Panels of their own/);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Save SVG' }).click();
  const svg = readFileSync(await (await download).path(), 'utf8');
  expect(svg.match(/>peak \d+ MiB after/g)).toHaveLength(2);

  await layout.selectOption({ label: 'with difference' });
  await expect.poll(() => inAddress(page, 'layout')).toBe('difference');
  await expect(graphOf(page)).toHaveAccessibleDescription(/Panels of their own: After minus before/);
  const at = await pointOn(graphOf(page), 0.4, 0.5);
  await page.mouse.move(at.x, at.y);
  await expect(readout).toContainText(/After minus before-?\d+/);
  await page.goBack();
  await expect(layout).toHaveValue('stacked');
});

test('what is taken away tells of both', async ({ compared: page }) => {
  await expect(differences(page)).toBeVisible();
  await meetAtLoading(page);
  const save = async (name: string): Promise<string> => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('button', { name }).click();
    return readFileSync(await (await download).path(), 'utf8');
  };
  const svg = await save('Save SVG');
  for (const words of ['batch-64 before, batch-32 after', 'MiB after: -', 'aligned at "loading data set"', '(before)'])
    expect(svg.replaceAll('&quot;', '"')).toContain(words);
  const csv = await save('Save CSV');
  expect(csv.split('\n')[0]).toMatch(/^elapsed_s,"Job RSS, batch-64 \(before\) .*"Job RSS, batch-32 \(after\)/);
  expect(csv.split('\n')[1]).toMatch(/^-\d/);
  const markdown = await save('Save Markdown');
  expect(markdown).toContain('![Memory over time](<batch-64-before-batch-32-after.png>)');
  expect(markdown).toMatch(/\| *peak *\|.*less/);
});
