// Findings: what stands out, where it leads, and the statement whose entries are lit.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, COMMAND, drawnGraph, expect, inAddress, viewWidth } from './page-fixture.js';

/** A level, one load that stays, heartbeats all the time. About four seconds. */
const JOB = `
const log = (text) => console.log(new Date().toISOString() + ' INFO ' + text);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const beat = async (ms) => { for (let t = 0; t < ms; t += 100) { log('heartbeat ' + t); await sleep(100); } };
const kept = [];
await beat(1500);
log('loading data set 7');
for (let i = 0; i < 3; i++) { kept.push(Buffer.alloc(60 << 20, 1)); await sleep(60); }
await beat(1500);
log('done');
`;

const test = base.extend<object, { loading: string; spiky: string[]; quiet: string }>({
  loading: [
    async ({ folder }, use) => {
      await use(record(folder, 'loading', JOB));
    },
    { scope: 'worker' },
  ],
  spiky: [
    async ({ folder }, use) => {
      const at = (s: number): string => new Date(1.79e12 + s * 1000).toISOString();
      const mib = (s: number): number =>
        s < 10 ? 100 : s < 11 ? 100 + (s - 10) * 180 : s >= 40 && s < 40.3 ? 410 : 280;
      const rows = Array.from({ length: 600 }, (_, i) => `${at(i / 10)},${Math.round(mib(i / 10) * 2 ** 20)}\n`);
      const [csv, log] = [join(folder, 'spiky.csv'), join(folder, 'spiky.log')];
      writeFileSync(csv, `time,job_rss_bytes\n${rows.join('')}`);
      const lines = [
        [9.9, 'loading'],
        [39.9, 'sorting all records in memory'],
        [50, 'done'],
      ] as const;
      writeFileSync(log, lines.map(([s, text]) => `${at(s)} INFO ${text}\n`).join(''));
      await use([csv, '--log', log]);
    },
    { scope: 'worker' },
  ],
  quiet: [
    async ({ folder }, use) => {
      const csv = join(folder, 'quiet.csv');
      const row = (s: number): string =>
        `${new Date(1.79e12 + s * 1000).toISOString()},${(200 << 20) + (s % 3) * 4096}\n`;
      writeFileSync(csv, `time,job_rss_bytes\n${Array.from({ length: 60 }, (_, s) => row(s)).join('')}`);
      await use(csv);
    },
    { scope: 'worker' },
  ],
});

function record(folder: string, name: string, job: string): string {
  const script = join(folder, `${name}.mjs`);
  const output = join(folder, name);
  writeFileSync(script, job);
  const args = ['run', '-q', '-i', '50ms', '-o', output, '--', process.execPath, script];
  execFileSync(process.execPath, [COMMAND, ...args], { stdio: 'pipe' });
  return output;
}

test('a suspect is found, lit on the graph and in the log, and put out again', async ({ page, view, loading }) => {
  await page.goto((await view(loading)).url);
  const graph = await drawnGraph(page);
  const suspect = page
    .getByRole('list', { name: 'Suspects' })
    .getByRole('button', { name: /^\+1\d\d MiB loading data set <\*> 1 entry/ });
  await expect(suspect).toHaveAttribute('aria-pressed', 'false');
  await expect(graph).not.toHaveAccessibleDescription(/emphasised/);

  await suspect.click();
  await expect(suspect).toHaveAttribute('aria-pressed', 'true');
  await expect(graph).toHaveAccessibleDescription(/1 mark emphasised/);
  const lines = page.getByRole('listbox', { name: /^Lines of/ });
  await expect(lines.getByRole('option', { name: /, lit.* loading data set 7/ })).toBeVisible();
  await expect(lines.getByRole('option', { name: /, lit.* heartbeat/ })).toHaveCount(0);
  expect(inAddress(page, 'suspect')).toMatch(/loading data set <\*>$/);

  await page.reload();
  await expect(suspect).toHaveAttribute('aria-pressed', 'true');
  await drawnGraph(page);
  await expect(graph).toHaveAccessibleDescription(/1 mark emphasised/);

  await page.keyboard.press('Escape');
  await expect(suspect).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByRole('option', { name: /, lit/ })).toHaveCount(0);
  expect(inAddress(page, 'suspect')).toBeNull();

  await suspect.focus();
  await page.keyboard.press('Enter');
  await expect(suspect).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Enter');
  await expect(suspect).toHaveAttribute('aria-pressed', 'false');
});

test('each finding leads to its place in graph and log', async ({ page, view, spiky }) => {
  await page.goto((await view(...spiky)).url);
  await drawnGraph(page);
  const list = page.getByRole('list', { name: 'Findings' });
  const picked = page.getByRole('listbox', { name: /^Lines of/ }).getByRole('option', { selected: true });

  await list.getByRole('button', { name: /^Rise \+180 MiB 100 % of all growth, at \d\d:\d\d/ }).click();
  await expect.poll(() => viewWidth(page)).toBeLessThan(5000);
  await expect(picked).toContainText('loading');
  const place = inAddress(page, 'view');

  const spike = list.getByRole('button', { name: /^Spike \+130 MiB for .* after 'sorting all records in memory'/ });
  await spike.click();
  await expect.poll(() => inAddress(page, 'view')).not.toBe(place);
  await expect(picked).toContainText('sorting all records in memory');
  expect(viewWidth(page)).toBeLessThan(30_000);
  await expect(list.getByRole('button', { name: /^(No sign of a leak|Leak: cannot be told)/ })).toBeVisible();

  // Under a phase stands the line that it begins with; it needs no mouse.
  const from = page
    .getByRole('table', { name: 'Phases' })
    .getByRole('button', { name: /^from 'loading/ })
    .first();
  await from.focus();
  await page.keyboard.press('Enter');
  await expect(picked).toContainText('loading');
});

test('where nothing stands out that is said', async ({ page, view, quiet }) => {
  await page.goto((await view(quiet)).url);
  await drawnGraph(page);
  const findings = page.getByRole('region', { name: 'Findings' });
  await expect(findings).toContainText('Nothing stands out.');
  await expect(findings.getByRole('list', { name: 'Suspects' })).toHaveCount(0);
});

for (const width of [360, 1440]) {
  test(`at ${width} pixels findings stay inside`, async ({ page, view, loading }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto((await view(loading)).url);
    await drawnGraph(page);
    const suspect = page.getByRole('list', { name: 'Suspects' }).getByRole('button').first();
    await suspect.click();
    const box = await suspect.boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? width) <= width).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
