import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawn } from '../phases/drawn.js';
import { findSuspects, type Suspect, type SuspectInput } from './find-suspects.js';
import type { Events } from './timeline.js';

const MIB = 2 ** 20;

/** "2 load, 5 tick": seconds and statements. */
function wrote(entries: readonly (readonly [number, string])[], names: string[] = []): Events {
  const sorted = entries.toSorted((a, b) => a[0] - b[0]);
  const times = Float64Array.from(sorted, ([s]) => s * 1000);
  const id = (name: string): number => {
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  return {
    times,
    stamps: times,
    templates: Int32Array.from(sorted, ([, name]) => id(name)),
    counts: new Uint32Array(sorted.length).fill(1),
    lines: Uint32Array.from(sorted, (_, at) => at + 1),
  };
}

const every = (from: number, to: number, step: number, name: string): [number, string][] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, at) => [from + at * step, name]);

function found(table: string, entries: readonly (readonly [number, string])[]): string[] {
  const names: string[] = [];
  const events = wrote(entries, names);
  const { times, values } = drawn(table);
  return findSuspects({ times, values, events }).map((s) => `${names[s.template]} ${Math.round(s.bytes / MIB)}`);
}

describe('a jump', () => {
  test('belongs to the entry before it', () => {
    expect(
      found('s 0 10 11 40\nMiB 100 100 400 400', [
        [1, 'start'],
        [9.9, 'load'],
        [12, 'ready'],
      ]),
    ).toEqual(['load 300']);
  });

  test('does not belong to a heartbeat that comes between', () => {
    expect(
      found('s 0 10 11 40\nMiB 100 100 400 400', [[1, 'start'], [9.5, 'load'], ...every(0.8, 40, 1, 'heartbeat')]),
    ).toEqual(['load 300']);
  });

  test('counts with its peak when it was given back at once', () => {
    expect(
      found('s 0 10 11 12 40\nMiB 100 100 400 120 120', [
        [1, 'start'],
        [9.9, 'copy'],
        [14, 'ready'],
      ]),
    ).toEqual(['copy 300']);
  });

  test('counts once when one entry gains the same memory twice', () => {
    expect(
      found('s 0 10 10.5 11 12 12.5 13 40\nMiB 100 100 400 120 120 390 100 100', [
        [1, 'start'],
        [9.9, 'parse'],
        [20, 'ready'],
      ]),
    ).toEqual(['parse 300']);
  });

  test('uses the interval peaks where they saw more than the samples', () => {
    const { times, values } = drawn('s 0 10 11 12 40\nMiB 100 100 300 120 120');
    const peaks = values.map((value, at) => (times[at] === 11_000 ? 500 * MIB : value));
    const events = wrote([
      [1, 'start'],
      [9.9, 'copy'],
    ]);
    expect(findSuspects({ times, values, peaks, events })[0]?.bytes).toBe(400 * MIB);
  });
});

describe('slow growth', () => {
  test('is summed over all entries of the statement it follows', () => {
    expect(
      found('s 0 10 30 60\nMiB 100 100 300 300', [
        [1, 'start'],
        ...every(10, 30, 1, 'import'),
        ...every(30, 60, 1, 'idle'),
      ]),
    ).toEqual(['import 200']);
  });

  test("that a program gives back after each round is nobody's", () => {
    const corners = Array.from({ length: 41 }, (_, at) => [at * 1.5, at % 2 === 0 ? 100 : 160]);
    expect(
      found(`s ${corners.map(([s]) => s).join(' ')}\nMiB ${corners.map(([, m]) => m).join(' ')}`, [
        ...every(0.1, 60, 0.7, 'request'),
        ...every(0.3, 60, 1.1, 'reply'),
      ]),
    ).toEqual([]);
  });

  test('is claimed for the one of two chatty statements that it follows', () => {
    // A step of 2 MiB right behind every "kept", nothing behind "sent".
    let seed = 5;
    const random = (): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed / 2 ** 32;
    };
    const entries: [number, string][] = [];
    const times = Float64Array.from({ length: 6000 }, (_, at) => at * 10);
    const values = new Float64Array(6000).fill(100 * MIB);
    for (let s = 1; s < 59; s += 0.1 + 0.1 * random()) {
      const kept = random() < 0.3;
      entries.push([s, kept ? 'kept' : 'sent']);
      if (kept) for (let at = Math.ceil(s * 100) + 1; at < 6000; at += 1) values[at]! += 2 * MIB;
    }
    const names: string[] = [];
    const events = wrote(entries, names);
    const [first, ...others] = findSuspects({ times, values, events });
    expect(names[first!.template]).toBe('kept');
    expect(first!.confidence).toBeGreaterThan(0.9);
    expect(others).toEqual([]);
  });
});

describe('in a restless run', () => {
  /** 10 samples a second for 100 s; a collector's teeth of 30 MiB. */
  const restless = (level: (s: number) => number): { times: Float64Array; values: Float64Array } => {
    const times = Float64Array.from({ length: 1000 }, (_, at) => at * 100);
    return { times, values: times.map((ms, at) => (200 + level(ms / 1000) + 3 * (at % 11)) * MIB) };
  };
  const suspects = (level: (s: number) => number, entries: readonly (readonly [number, string])[]): string[] => {
    const names: string[] = [];
    const events = wrote([...entries, ...every(0.3, 100, 0.7, 'request'), ...every(0.6, 100, 1.3, 'reply')], names);
    return findSuspects({ ...restless(level), events }).map(
      (s) => `${names[s.template]} ${50 * Math.round(s.bytes / MIB / 50)}`,
    );
  };

  test('a jump belongs to the entry before it', () => {
    expect(suspects((s) => (s < 40 ? 0 : 300), [[39.8, 'load']])).toEqual(['load 300']);
  });

  test('growth over a stretch belongs to the statement whose stretch it is', () => {
    const climb = (s: number): number => 300 * Math.min(1, Math.max(0, (s - 30) / 20));
    expect(suspects(climb, every(30, 50, 2, 'import'))[0]).toBe('import 300');
  });

  test('teeth alone are nobody’s', () => {
    expect(suspects(() => 0, [[39.8, 'load']])).toEqual([]);
  });
});

describe('nobody is named', () => {
  test.each([
    ['on a level line', 's 0 60\nMiB 100 100'],
    ['while the program comes up', 's 0 0.5 1.5 60\nMiB 5 60 100 100'],
    ['for a change that is small beside what is held', 's 0 20 21 60\nMiB 1000 1000 1040 1040'],
  ])('%s', (_, table) => {
    expect(found(table, [[0.6, 'start'], ...every(2, 60, 1, 'tick')])).toEqual([]);
  });

  test('without entries or without samples', () => {
    const none: SuspectInput = {
      times: new Float64Array(0),
      values: new Float64Array(0),
      events: wrote([[1, 'start']]),
    };
    expect(findSuspects(none)).toEqual([]);
    expect(found('s 0 10 11 40\nMiB 100 100 400 400', [])).toEqual([]);
  });
});

describe('whatever the run', () => {
  const run = fc.record({
    steps: fc.array(fc.integer({ min: -200, max: 400 }), { minLength: 20, maxLength: 60 }),
    entries: fc.array(fc.tuple(fc.integer({ min: 0, max: 59_000 }), fc.constantFrom('a', 'b', 'c', 'd')), {
      minLength: 1,
      maxLength: 80,
    }),
  });
  const inputOf = (
    { steps, entries }: { steps: number[]; entries: [number, string][] },
    shiftMs = 0,
    factor = 1,
  ): SuspectInput => {
    let level = 1000;
    const values = Float64Array.from(steps, (step) => {
      level = Math.max(500, level + step);
      return level * MIB * factor;
    });
    const times = Float64Array.from(steps, (_, at) => shiftMs + at * 1000);
    const events = wrote(entries.map(([ms, name]) => [ms / 1000, name]));
    const moved = events.times.map((time) => time + shiftMs);
    return { times, values, events: { ...events, times: moved, stamps: moved } };
  };
  /** The same suspects; sums of many terms may differ in their last digits. */
  const expectAlike = (found: readonly Suspect[], wanted: readonly Suspect[], factor = 1): void => {
    const plain = ({ template, count, example }: Suspect) => ({ template, count, example });
    expect(found.map(plain)).toEqual(wanted.map(plain));
    for (const [i, one] of found.entries()) {
      expect(Math.abs(one.bytes / factor - wanted[i]!.bytes)).toBeLessThan(4096);
      expect(one.confidence).toBeCloseTo(wanted[i]!.confidence, 3);
    }
  };

  test('shifting both clocks changes nothing', () => {
    fc.assert(
      fc.property(run, fc.integer({ min: 1, max: 1_000_000_000 }), (one, shiftMs) => {
        expectAlike(findSuspects(inputOf(one, shiftMs)), findSuspects(inputOf(one)));
      }),
    );
  });

  test('scaling bytes scales bytes', () => {
    fc.assert(
      fc.property(run, fc.constantFrom(2, 4, 64), (one, factor) => {
        expectAlike(findSuspects(inputOf(one, 0, factor)), findSuspects(inputOf(one)), factor);
      }),
    );
  });

  test('confidence is a share, bytes are finite, the largest comes first', () => {
    fc.assert(
      fc.property(run, (one) => {
        const suspects = findSuspects(inputOf(one));
        for (const s of suspects) {
          expect(s.confidence).toBeGreaterThanOrEqual(0);
          expect(s.confidence).toBeLessThanOrEqual(1);
          expect(Number.isFinite(s.bytes)).toBe(true);
          expect(s.example).toBeGreaterThanOrEqual(0);
        }
        expect(suspects.map((s) => s.bytes)).toEqual(suspects.map((s) => s.bytes).toSorted((a, b) => b - a));
      }),
    );
  });
});
