import type { Phase } from '@tidemark/shared/phases/phase.js';
import type { OomInfo } from '@tidemark/shared/recording/recording.js';
import type { Findings, RecordingView } from '@tidemark/shared/view/data-source.js';
import { describe, expect, test } from 'vitest';
import { verdictOf } from './verdict-words.js';

const MIB = 2 ** 20;
const run = { info: null } as Pick<RecordingView, 'info'>;
const found = (leak: unknown) =>
  ({ column: 'job_rss_bytes', spikes: [], phases: [], suspects: [], leak, gap: null, run: null }) as Findings;
const leak = { verdict: 'leak', slopeBytesPerHour: 3 * MIB, why: 'The low points climb.' };

/** A run that ended with a kill. */
function killed(verdict: OomInfo['verdict']): Pick<RecordingView, 'info'> {
  const oom = {
    verdict,
    why: 'the counter rose',
    limit_bytes: 64 * MIB,
    asked_at_least_bytes: null,
    last_sample: { time: '2026-11-20T16:00:00Z', elapsed_s: 1, charged_bytes: 40 * MIB },
  };
  return { info: { oom } } as unknown as Pick<RecordingView, 'info'>;
}

describe('the verdict', () => {
  test('says the growth first and then the leak', () => {
    expect(verdictOf([run], '69 % of all growth is one rise', found(leak), []).map(({ text }) => text)).toEqual([
      '69 % of all growth is one rise',
      'Consistent with a leak, +3.00 MiB per hour',
    ]);
  });

  test('says that the leak is still looked for, and nothing where none was judged', () => {
    expect(verdictOf([run], 'x', undefined, []).at(-1)).toMatchObject({ kind: 'waiting' });
    expect(verdictOf([run], 'x', found(null), []).map(({ kind }) => kind)).toEqual(['growth']);
  });

  test('begins with a kill and with what was held then', () => {
    expect(verdictOf([killed('confirmed')], 'x', null, [])[0]).toMatchObject({
      text: 'Killed for want of memory: 40.0 MiB of 64.0 MiB at the last full sample',
      bad: true,
    });
    expect(verdictOf([killed('no-evidence')], 'x', null, [])[0]).toMatchObject({
      text: 'Killed, not known by whom',
      bad: false,
    });
  });

  test('names the line beside the growth, and none that is elsewhere', () => {
    const rise = { kind: 'rise', startMs: 1000, endMs: 2000, deltaBytes: 90 * MIB, endBytes: 100 * MIB } as Phase;
    const withLine = (timeMs: number) =>
      ({ ...found(null), suspects: [{ example: { timeMs, text: 'INFO loading' } }] }) as unknown as Findings;
    const beside = (timeMs: number) =>
      verdictOf([run], 'x', withLine(timeMs), [rise]).find(({ kind }) => kind === 'beside');
    expect(beside(900)?.text).toMatch(/^coincides with “.*loading”$/);
    expect(beside(100)).toBeUndefined();
    const entry = { log: 'l1', line: 3, timeMs: 990, level: null, text: 'INFO loading' };
    const named = { ...found(null), phases: [{ startMs: 1000, entry }] } as unknown as Findings;
    expect(verdictOf([run], 'x', named, [rise])[1]).toMatchObject({ kind: 'beside', text: "from 'loading'", entry });
    expect(beside(2100)).toBeUndefined();
  });

  test('begins with a spike that stands higher than any growth, and leads to it', () => {
    const spikes = [
      {
        timeMs: 5,
        heightBytes: 200 * MIB,
        widthMs: 400,
        startMs: 4,
        endMs: 6,
        entry: { timeMs: 5, text: 'INFO export' },
      },
    ];
    const rise = { kind: 'rise', startMs: 1, endMs: 2, deltaBytes: 90 * MIB, endBytes: 100 * MIB } as Phase;
    const spiked = { ...found(null), spikes } as unknown as Findings;
    expect(verdictOf([run], 'x', spiked, [rise])[0]).toMatchObject({
      kind: 'spike',
      text: "Spike +200 MiB for 400 ms, after 'export'",
      spike: spikes[0],
    });
    expect(verdictOf([run], 'x', spiked, [{ ...rise, deltaBytes: 300 * MIB }])[0]?.kind).toBe('growth');
  });

  test('of several recordings is the sentence of the graph', () => {
    expect(verdictOf([run, run], 'peak 1 MiB in a', found(leak), []).map(({ kind }) => kind)).toEqual(['growth']);
  });
});
