// What the page says of a job that was killed: from a recording.json of each verdict, so that no cgroup is needed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawnGraph, expect, test } from './page-fixture.js';

const MIB = 1024 * 1024;

function killed(copy: string, verdict: string, why: string): void {
  const path = join(copy, 'recording.json');
  const info = JSON.parse(readFileSync(path, 'utf8'));
  const end = Date.parse(info.ended_at);
  const at = (back: number): string => new Date(end - back).toISOString();
  info.job = { ...info.job, exit_code: null, signal: 'SIGKILL' };
  info.oom = {
    verdict,
    why,
    noticed_at: at(0),
    kills: verdict === 'confirmed' ? 1 : 0,
    limit_bytes: 512 * MIB,
    last_sample: {
      time: at(500),
      elapsed_s: 3,
      job_rss_bytes: 470 * MIB,
      charged_bytes: 480 * MIB,
      headroom_bytes: 32 * MIB,
    },
    asked_at_least_bytes: verdict === 'confirmed' ? 32 * MIB : null,
    headroom: [300, 120, 32].map((mib, i) => ({ time: at(1500 - 500 * i), bytes: mib * MIB })),
    processes: [{ pid: 4711, name: '<img src=x>', rss_bytes: 470 * MIB }],
    output: [{ time: at(600), stream: 'stdout', text: 'epoch <b>19</b>' }],
  };
  writeFileSync(path, JSON.stringify(info));
}

test('a confirmed kill: why, how much, by whom, after which lines, and where', async ({ page, copy, view }) => {
  killed(copy, 'confirmed', "the cgroup's oom_kill counter rose by 1");
  await page.goto((await view(copy)).url);
  const part = page.getByRole('region', { name: 'Killed for want of memory' });
  await expect(part).toContainText("confirmed the cgroup's oom_kill counter rose by 1");
  await expect(part).toContainText('480 MiB of 512 MiB');
  await expect(part).toContainText('at least 32.0 MiB more');
  await expect(part).toContainText('<img src=x> (4711) 470 MiB');
  await expect(part.getByRole('img', { name: 'Headroom fell from 300 MiB to 32.0 MiB in 1.0 s' })).toBeVisible();
  await part.getByText('Last line of the output').click();
  await expect(part.getByText('epoch <b>19</b>')).toBeVisible();
  await part.getByRole('button', { name: 'Show the last full sample' }).click();
  await expect(page).toHaveURL(/[#&]at=\d+/);
});

test('a kill stands on the graph, and the graph says so', async ({ page, copy, view }) => {
  const path = join(copy, 'events.csv');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const [time] = (lines.at(-1) as string).split(',');
  writeFileSync(path, `${lines.join('\n')}\n${time},oom-kill,worker 3 was killed\n`);
  await page.goto((await view(copy)).url);
  const graph = await drawnGraph(page);
  await expect(graph).toHaveAccessibleDescription(/OOM kill \d\d:\d\d:\d\d\.\d{3}: worker 3 was killed\./);
});

test('signal 9 alone is said to prove nothing', async ({ page, copy, view }) => {
  killed(copy, 'no-evidence', 'signal 9 alone proves nothing: no kill was counted');
  await page.goto((await view(copy)).url);
  await expect(page.getByRole('region', { name: 'Killed, not known by whom' })).toContainText(
    'signal 9 alone proves nothing',
  );
  await expect(page.getByRole('region', { name: 'Killed for want of memory' })).toHaveCount(0);
  await expect(page.getByText('out of memory')).toHaveCount(0);
});

test('a job that ended by itself has no such part', async ({ page, copy, view }) => {
  await page.goto((await view(copy)).url);
  await expect(page.getByRole('heading', { name: 'Findings' })).toBeVisible();
  await expect(page.getByRole('region', { name: /illed/ })).toHaveCount(0);
});
