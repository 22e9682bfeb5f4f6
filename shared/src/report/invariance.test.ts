// What must not matter: when a run was, how much memory was there anyway, in which unit it is counted, how long it stood level at the
// end. Over the whole report, so that phases, spikes, leak, suspects and names are held to it together.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openLog } from '../logs/store.js';
import { csvFile, loaded } from '../series/fixtures-csv.js';
import { suspectsInLogs } from '../suspects/suspects-in-logs.js';
import { entriesNear } from './near-entry.js';
import { makeReport, type Report } from './report.js';

const MIB = 2 ** 20;
const START = Date.parse('2026-11-20T16:35:01.000Z');
const EVERY_MS = 500;

interface Drawn {
  /** MiB, a sample every half second. */
  readonly heights: readonly number[];
  readonly entries: readonly (readonly [second: number, said: string])[];
}

interface Stage {
  readonly up: number;
  readonly slow: boolean;
  readonly stands: number;
  readonly spike: number;
}

function drawn(stages: readonly Stage[]): Drawn {
  const heights: number[] = [];
  const entries: [number, string][] = [];
  let level = 300;
  const seconds = (): number => (heights.length * EVERY_MS) / 1000;
  for (const [at, { up, slow, stands, spike }] of stages.entries()) {
    entries.push([seconds(), `stage ${'abcdefgh'[at]} begins`]);
    const to = Math.max(200, level + up * 120);
    for (let i = 1; slow && i <= 40; i++) heights.push(level + ((to - level) * i) / 40);
    level = to;
    for (let i = 0; i < stands * 2; i++) {
      // A little unrest, the same in every run.
      heights.push(level + ((heights.length * 7919) % 13) / 10 + (spike > 0 && i === stands ? spike : 0));
    }
    entries.push([seconds() - 0.3, `stage ${'abcdefgh'[at]} ends`]);
  }
  return { heights, entries };
}

/** Stages of a job: each goes up or down by so much at once or slowly, stands for a while, and may have a spike in it. */
const job = fc
  .array(
    fc.record({
      up: fc.integer({ min: -1, max: 3 }),
      slow: fc.boolean(),
      stands: fc.integer({ min: 15, max: 40 }),
      spike: fc.constantFrom(0, 0, 600),
    }),
    { minLength: 2, maxLength: 5 },
  )
  .map(drawn);

interface Change {
  readonly shiftMs?: number;
  readonly moreMib?: number;
  readonly factor?: number;
  /** So many seconds of the last level behind it. */
  readonly longerS?: number;
}

async function reportOf(
  { heights, entries }: Drawn,
  { shiftMs = 0, moreMib = 0, factor = 1, longerS = 0 }: Change = {},
): Promise<Report> {
  const last = heights.at(-1)!;
  const all = [...heights, ...new Array<number>(Math.round((longerS * 1000) / EVERY_MS)).fill(last)];
  const at = (ms: number): string => new Date(START + shiftMs + ms).toISOString();
  const rows = all.map((mib, i) => `${at(i * EVERY_MS)},${Math.round((mib + moreMib) * MIB) * factor}`);
  const store = await loaded(`time,job_rss_bytes\n${rows.join('\n')}\n`);
  const log = openLog(csvFile(entries.map(([s, said]) => `${at(s * 1000)} INFO ${said}\n`).join(''), 'app.log'));
  await log.index();
  const clocks = [{ zone: null, shiftMs: 0 }];
  return makeReport(store, {
    near: entriesNear([log], clocks),
    suspects: (run) => suspectsInLogs([log], clocks, run),
  });
}

/** Bytes and times rounded to what hundreds of sums in another order may be off by. */
function said({ phases, spikes, leak, suspects }: Report, { shiftMs = 0, moreMib = 0, factor = 1 }: Change = {}) {
  const mib = (bytes: number): number => Math.round(bytes / factor / MIB);
  const second = (ms: number): number => Math.round((ms - shiftMs - START) / 1000);
  return {
    phases: phases.map((p) => [
      p.kind,
      second(p.startMs),
      second(p.endMs),
      mib(p.startBytes - moreMib * MIB * factor),
      mib(p.deltaBytes),
      p.log?.line,
    ]),
    spikes: spikes.map((s) => [second(s.timeMs), mib(s.heightBytes), s.widthMs, s.log?.line]),
    leak: [leak.verdict, leak.slopeBytesPerHour === null ? null : mib(leak.slopeBytesPerHour)],
    suspects: suspects.map((s) => [s.template, s.count, mib(s.bytes)]),
  };
}

/** A leak is weighed for a third of a second. */
const RUNS = { numRuns: 8, seed: 21, endOnFailure: true };

test('when it was', async () => {
  await fc.assert(
    fc.asyncProperty(job, fc.integer({ min: 1, max: 90 * 86_400_000 }), async (one, shiftMs) => {
      expect(said(await reportOf(one, { shiftMs }), { shiftMs })).toEqual(said(await reportOf(one)));
    }),
    RUNS,
  );
});

test('in which unit it is counted', async () => {
  await fc.assert(
    fc.asyncProperty(job, fc.constantFrom(2, 8, 1024), async (one, factor) => {
      const [wanted, found] = [said(await reportOf(one)), said(await reportOf(one, { factor }), { factor })];
      // What is too little to be worth a word is a matter of bytes: with more of them more statements are told of.
      expect({ ...found, suspects: found.suspects.slice(0, wanted.suspects.length) }).toEqual(wanted);
    }),
    RUNS,
  );
});

// While the run still fills its graph: on top of ten times as much memory it is a level line.
test('how much was there anyway', async () => {
  await fc.assert(
    fc.asyncProperty(job, fc.integer({ min: 1, max: 100 }), async (one, moreMib) => {
      const plain = one.heights.filter((height) => height < 900);
      fc.pre(Math.max(...plain) - Math.min(...plain) > (Math.max(...plain) + moreMib) / 3);
      expect(said(await reportOf(one, { moreMib }), { moreMib })).toEqual(said(await reportOf(one)));
    }),
    RUNS,
  );
});

/** A spike that stood just too long behind an entry to be its own. */
const LATE_SPIKE = drawn([
  { up: 3, slow: true, stands: 30, spike: 600 },
  { up: 1, slow: true, stands: 29, spike: 0 },
  { up: 3, slow: false, stands: 19, spike: 600 },
  { up: 1, slow: false, stands: 28, spike: 600 },
]);

/** Of what was said to be most. What is fast is fast beside the run, and a fast climb is told to its highest point: that is not more. */
const NO_CHANGE = 0.05;

test('how long it stood level at the end: no further phase or spike, no leak, and no statement gained more or less', async () => {
  await fc.assert(
    fc.asyncProperty(job, fc.integer({ min: 5, max: 30 }), async (one, longerS) => {
      const [wanted, found] = [await reportOf(one, { longerS: 30 }), await reportOf(one, { longerS: 30 + longerS })];
      expect(found.phases.length).toBeLessThanOrEqual(wanted.phases.length);
      expect(said(found).spikes).toEqual(said(wanted).spikes);
      if (wanted.leak.verdict !== 'leak') expect(found.leak.verdict).not.toBe('leak');
      const gained = ({ suspects }: Report, template: string): number =>
        suspects.find((one) => one.template === template)?.bytes ?? 0;
      const most = Math.max(0, ...wanted.suspects.map(({ bytes }) => bytes));
      for (const { template } of [...wanted.suspects, ...found.suspects])
        expect(Math.abs(gained(found, template) - gained(wanted, template))).toBeLessThanOrEqual(NO_CHANGE * most);
    }),
    { ...RUNS, examples: [[LATE_SPIKE, 18]] },
  );
});
