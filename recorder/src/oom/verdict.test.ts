import { oomEvent, oomLines } from '@tidemark/shared/oom/words.js';
import { describe, expect, test } from 'vitest';
import type { KeptSample } from '../recording/recent-samples.js';
import { judge } from './verdict.js';

const MIB = 1024 * 1024;
const START = Date.UTC(2026, 10, 20);
const KILLED = { code: null, signal: 'SIGKILL' };

/** Samples of a group, 100 ms apart: what it held of its limit, MiB. A machine of 16 GiB stands around it. */
function samples(held: readonly number[], limit: number | null = 512, peaks: readonly number[] = held): KeptSample[] {
  return held.map((mib, i) => ({
    timeMs: START + i * 100,
    elapsedMs: i * 100,
    processes: [{ pid: 7, name: 'hog\x1b[31m', rssBytes: mib * MIB, peakBytes: mib * MIB }],
    value: (column) =>
      ({
        container_current_bytes: mib * MIB,
        container_peak_bytes: peaks[i]! * MIB,
        container_limit_bytes: limit === null ? Number.NaN : limit * MIB,
        job_rss_bytes: mib * MIB,
        machine_used_bytes: (2048 + mib) * MIB,
        machine_available_bytes: (14336 - mib) * MIB,
      })[column] ?? Number.NaN,
  }));
}

describe('the verdict', () => {
  test.each([
    ['a counter that rose', 1, KILLED, [100, 200], 'confirmed'],
    ['a counter that rose while the job ended well', 1, { code: 0, signal: null }, [100, 200], 'confirmed'],
    ['a counter that rose while the job goes on', 2, null, [100, 200], 'confirmed'],
    ['signal 9 with the limit near', 0, KILLED, [400, 490], 'consistent'],
    ['signal 9 where the next step would have been over', 0, KILLED, [100, 320], 'consistent'],
    ['signal 9 near the limit, no counter', Number.NaN, KILLED, [480, 500], 'consistent'],
    ['signal 9 near the limit, sums already collapsing', 0, KILLED, [400, 490, 12], 'consistent'],
    ['signal 9 with much room', 0, KILLED, [100, 110], 'no-evidence'],
    ['exit code 137 with much room', 0, { code: 137, signal: null }, [100, 110], 'no-evidence'],
    ['signal 9 before any sample', 0, KILLED, [], 'no-evidence'],
  ])('%s', (_, kills, end, held, verdict) => {
    expect(judge({ noticedMs: 0, kills, end, samples: samples(held) })?.verdict).toBe(verdict);
  });

  test.each([
    ['the next sample did not come in time', [100, 200, 300, 400, 420, 440], 350, 'consistent'],
    ['it came in time, and less had been taken', [100, 200, 300, 400, 420, 440], 90, 'no-evidence'],
    ['more had been taken than there was room, but not of late', [10, 400, 400, 399], 90, 'no-evidence'],
    ['much had been taken, and it was seen level since', [10, 390, 400, 399, 398, 397], 90, 'no-evidence'],
    ['it was not seen for longer than before', [300, 380], 5000, 'no-evidence'],
  ])('signal 9 some time after the last sample: %s', (_, held, afterMs, verdict) => {
    const noticedMs = START + (held.length - 1) * 100 + afterMs;
    expect(judge({ noticedMs, kills: 0, end: KILLED, samples: samples(held, 600) })?.verdict).toBe(verdict);
  });

  test.each([
    [415, 'consistent'],
    [450, 'no-evidence'],
  ])('what was taken between a late sample and one in time is no measure: a limit of %d MiB', (limit, verdict) => {
    const regular = samples([200, 300, 310], limit);
    const taken = regular.map((sample, i) => (i === 1 ? { ...sample, timeMs: START + 190 } : sample));
    expect(judge({ noticedMs: START + 390, kills: 0, end: KILLED, samples: taken })?.verdict).toBe(verdict);
  });

  test('the limit was reached after the last full sample, as the peak of the next interval says', () => {
    const seen = samples([100, 110, 12], 512, [100, 110, 512]);
    expect(judge({ noticedMs: 0, kills: 0, end: KILLED, samples: seen })?.verdict).toBe('consistent');
  });

  test.each([
    ['exit 1', { code: 1, signal: null }],
    ['TERM', { code: null, signal: 'SIGTERM' }],
    ['still running', null],
  ])('nothing speaks of a kill: %s', (_, end) => {
    expect(judge({ noticedMs: 0, kills: 0, end, samples: samples([500, 511]) })).toBeNull();
  });

  test('without a limit the machine is the limit', () => {
    const oom = judge({ noticedMs: 0, kills: 0, end: KILLED, samples: samples([100, 14_000], null) });
    expect(oom).toMatchObject({ verdict: 'consistent', limit_bytes: 16384 * MIB });
    expect(oom?.last_sample?.headroom_bytes).toBe(336 * MIB);
  });
});

test('the last sample before the kill, the way there, and what was asked for', () => {
  const oom = judge({ noticedMs: Date.UTC(2026, 10, 20), kills: 1, end: null, samples: samples([100, 200, 300]) });
  expect(oom).toMatchObject({
    noticed_at: '2026-11-20T00:00:00.000Z',
    kills: 1,
    limit_bytes: 512 * MIB,
    last_sample: {
      time: '2026-11-20T00:00:00.200Z',
      elapsed_s: 0.2,
      job_rss_bytes: 300 * MIB,
      headroom_bytes: 212 * MIB,
    },
    asked_at_least_bytes: 212 * MIB,
  });
  expect(oom?.headroom.map(({ bytes }) => bytes / MIB)).toEqual([412, 312, 212]);
});

test('while a container did not run nothing of it was measured: the headroom is that of its limit only', () => {
  const running = samples([100, 300, 100, 300]);
  const emptied = (sample: KeptSample): KeptSample => ({
    ...sample,
    value: (column) => (column.startsWith('container_') ? Number.NaN : sample.value(column)),
  });
  const restarted = running.map((sample, i) => (i === 1 ? emptied(sample) : sample));
  const oom = judge({ noticedMs: 0, kills: 2, end: null, samples: restarted });
  expect(oom?.headroom.map(({ bytes }) => bytes / MIB)).toEqual([412, 412, 212]);
  expect(oom).toMatchObject({ limit_bytes: 512 * MIB, asked_at_least_bytes: 212 * MIB });
});

test('a kill without a limit of the group is the machine running out, or a limit that is out of sight', () => {
  const killed = { noticedMs: 0, kills: 1, end: KILLED };
  const ranOut = judge({ ...killed, samples: samples([13_000, 14_200], null) });
  expect(ranOut?.why).toBe("the cgroup's oom_kill counter rose by 1; no limit bound it: the machine itself ran out");
  expect(ranOut?.asked_at_least_bytes).toBe(136 * MIB);
  const outOfSight = judge({ ...killed, samples: samples([200, 300], null) });
  expect(outOfSight?.why).toMatch(/; the limit that bound it is not to be seen from here$/);
  expect(outOfSight?.asked_at_least_bytes).toBeNull();
});

test('collapsed sums are not the last full sample', () => {
  const oom = judge({ noticedMs: 0, kills: 0, end: KILLED, samples: samples([400, 490, 12]) });
  expect(oom?.last_sample?.job_rss_bytes).toBe(490 * MIB);
  expect(oom?.headroom).toHaveLength(2);
});

test('a sample is not full whose RSS was read before the job was killed, and its charge after', () => {
  const [first, second, torn] = samples([400, 490, 12]) as [KeptSample, KeptSample, KeptSample];
  const value: KeptSample['value'] = (column) => (column === 'job_rss_bytes' ? 490 * MIB : torn.value(column));
  const oom = judge({ noticedMs: 0, kills: 0, end: KILLED, samples: [first, second, { ...torn, value }] });
  expect(oom?.last_sample).toMatchObject({ time: new Date(second.timeMs).toISOString(), charged_bytes: 490 * MIB });
  expect(oom).toMatchObject({ verdict: 'consistent', headroom: [{}, { bytes: 22 * MIB }] });
});

describe('in words', () => {
  test('a confirmed kill', () => {
    const oom = judge({ noticedMs: 0, kills: 1, end: null, samples: samples([100, 300]) })!;
    oom.output.push({ time: '', stream: 'stdout', text: 'epoch 3\x1b]0;evil\x07' });
    expect(oomEvent(oom, 1)).toBe(
      'the kernel killed 1 process of the cgroup for want of memory: 300 MiB of 512 MiB at the last full sample, asked for at least 212 MiB more',
    );
    expect(oomLines(oom)).toEqual([
      "confirmed: the cgroup's oom_kill counter rose by 1",
      '300 MiB of 512 MiB at the last full sample, asked for at least 212 MiB more',
      'largest: hog (7) 300 MiB',
      'wrote: epoch 3 ]0;evil',
    ]);
  });

  test('a charge that stood at its limit', () => {
    const oom = judge({ noticedMs: 0, kills: 1, end: null, samples: samples([300, 512]) })!;
    expect(oomLines(oom)).toContain('512 MiB of 512 MiB at the last full sample: nothing was left');
  });

  test('exit code 137 alone is said to prove nothing', () => {
    const oom = judge({ noticedMs: 0, kills: 0, end: { code: 137, signal: null }, samples: samples([100, 110]) })!;
    expect(oomLines(oom)).toEqual([
      'no evidence: exit code 137 alone proves nothing: no kill was counted, and the last full sample held 110 MiB of 512 MiB',
    ]);
  });
});
