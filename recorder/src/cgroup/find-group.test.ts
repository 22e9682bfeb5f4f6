import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Roots } from '../samplers/sampler.js';
import { findGroup, readMemberships, readMounts } from './find-group.js';

const tree = (name: string): Roots => {
  const root = fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
  return { proc: `${root}/proc`, cgroup: root };
};
const below = (name: string, path: string): string => path.slice(tree(name).cgroup.length);

const USER_SCOPE = '/user.slice/user-1000.slice/user@1000.service/app.slice/tidemark-3802-279438.scope';

describe('the group that counts our memory', () => {
  test.each([
    ['hybrid', 1, '/jobs/nightly', '/sys/fs/cgroup/memory/jobs/nightly', 3],
    ['v2', 2, '/user.slice/user-1000.slice/job.scope', '/sys/fs/cgroup/user.slice/user-1000.slice/job.scope', 4],
    ['v2-user-scope', 2, USER_SCOPE, `/sys/fs/cgroup${USER_SCOPE}`, 6],
    ['v1-in-container', 1, '/docker/8f1c', '/sys/fs/cgroup/memory', 1],
    ['v2-in-container', 2, '/', '/sys/fs/cgroup', 1],
    ['v1-nested-in-container', 1, '/worker', '/sys/fs/cgroup/memory/worker', 2],
    ['v2-nested-in-container', 2, '/worker', '/sys/fs/cgroup/worker', 2],
    ['v2-leaf-without-memory', 2, '/system.slice/app.service', '/sys/fs/cgroup/system.slice/app.service', 3],
  ])('%s: v%d, %s', (name, version, path, folder, levels) => {
    const group = findGroup(tree(name));
    expect(group).toMatchObject({ version, path });
    expect(below(name, group?.folder ?? '')).toBe(folder);
    expect(group?.upwards).toHaveLength(levels);
  });

  test('none where there is no /proc', () => {
    expect(findGroup(tree('old-kernel'))).toBeNull();
  });
});

test('memberships: v1 by its controllers, v2 by its empty list', () => {
  expect(readMemberships('4:memory,hugetlb:/a:b\n0::/c\n')).toEqual({ 1: '/a:b', 2: '/c' });
  expect(readMemberships('3:cpu:/a\n')).toEqual({ 1: null, 2: null });
});

test('mount points with blanks are read as the kernel writes them', () => {
  const line = String.raw`29 26 0:26 / /mnt/my\040groups rw,relatime shared:9 - cgroup2 none rw`;
  expect(readMounts(line)).toEqual([{ version: 2, root: '/', point: '/mnt/my groups' }]);
});

describe('the group of another process, seen through a shared process namespace', () => {
  /** A captured tree in which pid 7 is in this group. */
  const withOther = (name: string, cgroup: string): Roots => {
    const folder = mkdtempSync(join(tmpdir(), 'other-'));
    cpSync(tree(name).cgroup, folder, { recursive: true });
    mkdirSync(join(folder, 'proc/7'));
    writeFileSync(join(folder, 'proc/7/cgroup'), cgroup);
    return { proc: join(folder, 'proc'), cgroup: folder };
  };
  test.each([
    ['v2-in-container', '0::/../cri-containerd-0d6e.scope\n'],
    ['v2-in-container', '0::/elsewhere\n'],
    ['v1-in-container', '11:memory:/docker/0d6e\n'],
  ])('%s: %j is another container, not ours', (name, cgroup) => {
    expect(findGroup(withOther(name, cgroup), 7)).toBeNull();
  });
  test.each([
    ['v2-nested-in-container', '0::/worker\n', '/worker'],
    ['v1-nested-in-container', '11:memory:/docker/8f1c/worker\n', '/worker'],
    ['v2-leaf-without-memory', '0::/system.slice/app.service\n', '/system.slice/app.service'],
  ])('%s: %j is in our sight', (name, cgroup, path) => {
    expect(findGroup(withOther(name, cgroup), 7)).toMatchObject({ path });
  });
});
