import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordingInfo } from '@tidemark/shared/recording/recording.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GroupPlace } from '../cgroup/find-group.js';
import { RecentSamples } from '../recording/recent-samples.js';
import { KillWatch } from './kill-watch.js';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'tidemark-kills-')), 'group');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

/** A group that is there again, with its counter. The kernel tells of a change in it as it does of one in any file. */
function group(kills: number): GroupPlace {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  count(kills);
  return { version: 2, path: '/service', folder, upwards: [folder] };
}

const count = (kills: number): void => writeFileSync(join(folder, 'memory.events'), `max 3\noom_kill ${kills}\n`);

test('a kill is counted before the next sample, where the group goes away with what was killed', async () => {
  const cells = new Float64Array(1);
  const sampled = { cells, at: (column: string) => (column === 'container_oom_kills' ? 0 : -1) };
  const recent = new RecentSamples(sampled, null);
  const info = { logs: [] } as unknown as RecordingInfo;
  const place = group(0);
  const followed = { group: place as GroupPlace | null, lastGroup: place, lost: () => {} };
  const onKill = vi.fn();
  const kills = new KillWatch({ sampled, recent, group: place, followed, info, output: '', onKill });
  const sample = (counted: number): void => {
    cells[0] = counted;
    kills.sampled();
    recent.add(Date.now(), 0);
  };
  const told = (times: number) => vi.waitFor(() => expect(onKill).toHaveBeenCalledTimes(times), 5000);

  sample(0);
  count(1);
  await told(1);
  expect(info.oom).toMatchObject({ verdict: 'confirmed', kills: 1 });
  // The group is gone with it, and made anew by the next start of the service: it counts from zero.
  followed.group = null;
  sample(Number.NaN);
  followed.group = group(0);
  sample(0);
  count(1);
  await told(2);
  expect(info.oom?.kills).toBe(2);
  // What was told of is not counted again by the samples after it, whether or not they read the counter.
  kills.sampled();
  sample(1);
  kills.finish();
  count(5);
  await new Promise((done) => setTimeout(done, 50));
  expect(onKill).toHaveBeenCalledTimes(2);
});
