import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findGroup } from '../cgroup/find-group.js';
import { container } from './container.js';
import type { Roots } from './sampler.js';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const rootsAt = (root: string): Roots => ({ proc: `${root}/proc`, cgroup: root });

function samplerAt(root: string) {
  const roots = rootsAt(root);
  const sampler = container({ roots, tree: null, group: findGroup(roots) });
  if (sampler === null) throw new Error('no cgroup in this tree');
  const read = (elapsedMs: number): Record<string, number> => {
    const cells = new Float64Array(sampler.columns.length);
    sampler.read(cells, 0, elapsedMs);
    return Object.fromEntries(sampler.columns.map((column, i) => [column.name, cells[i]!]));
  };
  return { ...sampler, cells: read };
}

describe('a first sample', () => {
  test.each([
    // Two limits above each other: the lowest binds, wherever it stands.
    ['v2', { current: 734003200, limit: 8589934592, anon: 524288000, file: 167772160, kills: 2 }],
    ['v2-user-scope', { current: 835584, limit: 67108864, anon: 364544, file: 81920, kills: 0 }],
    ['v2-in-container', { current: 104857600, limit: 536870912, anon: 83886080, file: 12582912, kills: 0 }],
    ['v1-in-container', { current: 62914560, limit: 268435456, anon: 41943040, file: 20971520, kills: 1 }],
    // A group inside the container's own: its own charge, the container's limit.
    ['v1-nested-in-container', { current: 20971520, limit: 268435456, anon: 41943040, file: 20971520, kills: 1 }],
    ['v2-nested-in-container', { current: 20971520, limit: 536870912, anon: 83886080, file: 12582912, kills: 0 }],
    // v1's huge number and v2's "max" are no limit: an empty cell. v2's controller for events is absent in this leaf.
    ['hybrid', { current: 34549760, limit: Number.NaN, anon: 2592768, file: 28704768, kills: 0 }],
    ['v2-leaf-without-memory', { current: 1048576, limit: Number.NaN, anon: 524288, file: 0, kills: Number.NaN }],
  ])('%s', (name, { current, limit, anon, file, kills }) => {
    const cells = samplerAt(fixture(name)).cells(0);
    expect(cells).toEqual({
      container_current_bytes: current,
      // Nobody knows when the peak so far was.
      container_peak_bytes: current,
      container_limit_bytes: limit,
      container_anon_bytes: anon,
      container_file_bytes: file,
      container_oom_kills: kills,
    });
  });
});

describe('a peak between samples', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cgroup-'));
  cpSync(fixture('v2'), folder, { recursive: true });
  const group = join(folder, 'sys/fs/cgroup/user.slice/user-1000.slice/job.scope');
  const sampler = samplerAt(folder);
  const peakAfter = (peak: number, current: number): number | undefined => {
    writeFileSync(join(group, 'memory.peak'), `${peak}\n`);
    writeFileSync(join(group, 'memory.current'), `${current}\n`);
    return sampler.cells(0).container_peak_bytes;
  };

  test('is told when memory.peak rose, and only then', () => {
    expect(peakAfter(1000, 400)).toBe(400);
    expect(peakAfter(1000, 500)).toBe(500);
    expect(peakAfter(3000, 500)).toBe(3000);
    expect(peakAfter(3000, 600)).toBe(600);
  });

  test('a group that vanishes is trouble, not zero', () => {
    sampler.close();
    rmSync(group, { recursive: true });
    expect(() => sampler.cells(0)).toThrow('ENOENT');
  });
});
