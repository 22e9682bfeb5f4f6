import type { OomInfo } from '@tidemark/shared/recording/recording.js';
import { expect, test } from 'vitest';
import { curveOf, killFacts, killLines } from './kill-facts.js';

const MIB = 1024 * 1024;
const at = (second: number): string => new Date(Date.UTC(2026, 10, 20, 16, 0, second)).toISOString();

const oom = (patch: Partial<OomInfo> = {}): OomInfo => ({
  verdict: 'confirmed',
  why: "the cgroup's oom_kill counter rose by 1",
  noticed_at: at(3),
  kills: 1,
  limit_bytes: 512 * MIB,
  last_sample: {
    time: at(2),
    elapsed_s: 2,
    job_rss_bytes: 480 * MIB,
    charged_bytes: 480 * MIB,
    headroom_bytes: 32 * MIB,
  },
  asked_at_least_bytes: 32 * MIB,
  headroom: [400, 200, 32].map((mib, i) => ({ time: at(i), bytes: mib * MIB })),
  processes: [{ pid: 7, name: 'hog\x1b[31m', rss_bytes: 470 * MIB }],
  output: [{ time: at(2), stream: 'stdout', text: '\x1b[1mepoch 3\x1b[0m' }],
  ...patch,
});

test('what was held, what was asked for, how often, and by whom', () => {
  expect(killFacts(oom())).toEqual([
    { name: 'Held', value: '480 MiB of 512 MiB, at 2.0 s' },
    { name: 'Asked for', value: 'at least 32.0 MiB more' },
    { name: 'Kills counted', value: '1' },
    { name: 'Largest', value: 'hog (7) 470 MiB' },
  ]);
});

test('what is not known is not said', () => {
  const unknown = oom({ last_sample: null, asked_at_least_bytes: null, kills: null, processes: [] });
  expect(killFacts(unknown)).toEqual([]);
});

test('the headroom goes from the top left down to what was left', () => {
  expect(curveOf(oom())).toEqual({
    path: 'M 0.0 0.0 L 50.0 16.0 L 100.0 29.4',
    caption: 'Headroom fell from 400 MiB to 32.0 MiB in 2.0 s',
  });
  expect(curveOf(oom({ headroom: [] }))).toBeNull();
});

test('the last lines are the output’s, else those of the log that the job writes', () => {
  const logs = [{ file: '/var/log/app.log', lines: ['a', 'b'] }];
  expect(killLines(oom({ logs }))).toEqual({ from: 'the output', lines: ['epoch 3'] });
  expect(killLines(oom({ logs, output: [] }))).toEqual({ from: 'app.log', lines: ['a', 'b'] });
  expect(killLines(oom({ output: [] })).lines).toEqual([]);
});
