import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { OwnPeak, type PeakFile, peakFile } from './own-peak.js';

const MIB = 1024 * 1024;

/** A group as the kernel keeps it: `reach` is a charge that came and went. What a write does is the kernel's age. */
function group(onWrite: 'resets' | 'refuses' | 'is ignored') {
  let [current, peak, writes] = [0, 0, 0];
  const file: PeakFile = {
    read: () => peak,
    reset() {
      writes++;
      if (onWrite === 'refuses') throw Object.assign(new Error('EINVAL'), { code: 'EINVAL' });
      if (onWrite === 'resets') peak = current;
    },
    close() {},
  };
  const own = new OwnPeak(file);
  return {
    /** In one interval the charge goes to `reach` MiB and then stands at `at`; what the sample at its end says. */
    interval(reach: number, at: number): number {
      peak = Math.max(peak, reach * MIB, at * MIB);
      current = at * MIB;
      own.read();
      return own.since(current) / MIB;
    },
    /** The same, and the charge goes on to `top` between the readings of peak and charge, and down to `after` only then. */
    rising(at: number, top: number, after: number): number {
      peak = Math.max(peak, at * MIB);
      own.read();
      peak = Math.max(peak, (at + 1) * MIB);
      current = (at + 1) * MIB;
      // A write now is a write too late.
      const writesBefore = writes;
      peak = Math.max(peak, top * MIB);
      const told = own.since(current) / MIB;
      if (writes > writesBefore) peak = after * MIB;
      return told;
    },
    get writes() {
      return writes;
    },
  };
}

describe('the peak of each interval', () => {
  const intervals: [number, number][] = [
    [900, 100],
    [500, 100],
    [300, 120],
    [100, 100],
    [950, 100],
    [950, 90],
  ];
  const told = (kernel: ReturnType<typeof group>): number[] =>
    intervals.map(([reach, at]) => kernel.interval(reach, at));

  test('is exact where a write resets our descriptor; the first one is not known', () => {
    expect(told(group('resets'))).toEqual([100, 500, 300, 120, 950, 950]);
  });

  test('a sample in the middle of a rise resets nothing: its top is the next interval’s', () => {
    const kernel = group('resets');
    for (const [reach, at] of [
      [100, 100],
      [900, 100],
      [100, 100],
    ] as const)
      kernel.interval(reach, at);
    const { writes } = kernel;
    expect(kernel.rising(200, 300, 50)).toBe(201);
    expect(kernel.writes).toBe(writes);
    expect(kernel.interval(50, 50)).toBe(300);
  });

  test.each(['refuses', 'is ignored'] as const)(
    'is told by a rise where a write %s, and no second one is tried',
    (how) => {
      const kernel = group(how);
      expect(told(kernel)).toEqual([100, 100, 120, 100, 950, 90]);
      expect(kernel.writes).toBe(1);
    },
  );

  test('a charge at its peak proves nothing: no reset is tried there', () => {
    const kernel = group('resets');
    for (const at of [100, 200, 300]) expect(kernel.interval(at, at)).toBe(at);
    expect(kernel.writes).toBe(0);
  });
});

test('a file that is not in a cgroup v2 file system is only read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'peak-'));
  cpSync(fileURLToPath(new URL('../../fixtures/v2', import.meta.url)), folder, { recursive: true });
  const path = join(folder, 'sys/fs/cgroup/user.slice/user-1000.slice/job.scope/memory.peak');
  const before = readFileSync(path, 'utf8');
  const own = new OwnPeak(peakFile(path));
  for (let i = 0; i < 2; i++) {
    own.read();
    expect(own.since(0)).toBe(0);
  }
  own.close();
  expect(readFileSync(path, 'utf8')).toBe(before);
});
