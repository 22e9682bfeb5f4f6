import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { killsOf, limitOf } from '../samplers/container.js';
import { REAL_ROOTS, type Roots } from '../samplers/sampler.js';
import type { OwnGroup } from './enter-group.js';
import { makeOwnGroup } from './own-group.js';
import { scopeGroup } from './scope.js';

const MIB = 1024 * 1024;
let folders: string[] = [];
afterEach(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders = [];
});

/** A captured tree that may be written to. What it cannot show: that the kernel takes the values. */
function captured(name: string): { root: string; roots: Roots } {
  const root = mkdtempSync(join(tmpdir(), 'own-group-'));
  folders.push(root);
  cpSync(fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url)), root, { recursive: true });
  return { root, roots: { proc: `${root}/proc`, cgroup: root } };
}

describe('a group of its own (captured trees)', () => {
  test('v2: beside the own group, below the nearest that hands the controller down', async () => {
    const { root, roots } = captured('v2');
    const slice = join(root, 'sys/fs/cgroup/user.slice/user-1000.slice');
    writeFileSync(join(slice, 'cgroup.subtree_control'), 'cpu memory pids\n');
    // A recorder that was killed left this one.
    mkdirSync(join(slice, 'tidemark-999999999-1'));
    const { place } = await makeOwnGroup(64 * MIB, roots);
    expect(place.folder.startsWith(`${slice}/tidemark-${process.pid}-`)).toBe(true);
    expect(place.upwards).toEqual([
      place.folder,
      slice,
      join(root, 'sys/fs/cgroup/user.slice'),
      join(root, 'sys/fs/cgroup'),
    ]);
    // As /proc/PID/cgroup will say it: not below the recorder's own group.
    expect(place.path).toBe(`/user.slice/user-1000.slice/${basename(place.folder)}`);
    expect(readFileSync(join(place.folder, 'memory.max'), 'utf8')).toBe(String(64 * MIB));
    expect(limitOf(place)).toBe(64 * MIB);
    expect(readFileSync(join(place.folder, 'cgroup.procs'), 'utf8')).toMatch(/^\d+\n$/);
    expect(existsSync(join(slice, 'tidemark-999999999-1'))).toBe(false);
  });

  test('v2: below the root, where the recorder is in it and nobody has handed the controller down yet', async () => {
    const { root, roots } = captured('v2');
    writeFileSync(join(root, 'proc/self/cgroup'), '0::/\n');
    const { place } = await makeOwnGroup(64 * MIB, roots);
    expect(place.path).toBe(`/${basename(place.folder)}`);
    expect(place.folder.startsWith(join(root, 'sys/fs/cgroup/tidemark-'))).toBe(true);
    expect(readFileSync(join(root, 'sys/fs/cgroup/cgroup.subtree_control'), 'utf8')).toBe('+memory');
  });

  test('v2: at the top of a delegated subtree, with the recorder in a group below', async () => {
    const { root, roots } = captured('v2-leaf-without-memory');
    const { place } = await makeOwnGroup(64 * MIB, roots);
    expect(place.path).toBe(`/system.slice/app.service/${basename(place.folder)}`);
    expect(readFileSync(join(root, 'sys/fs/cgroup/system.slice/app.service/cgroup.subtree_control'), 'utf8')).toBe(
      '+memory',
    );
  });

  test('v1: inside the own group', async () => {
    const { root, roots } = captured('hybrid');
    const { place } = await makeOwnGroup(64 * MIB, roots);
    expect(place.folder.startsWith(join(root, 'sys/fs/cgroup/memory/jobs/nightly/tidemark-'))).toBe(true);
    expect(place.path).toMatch(/^\/jobs\/nightly\/tidemark-/);
    expect(readFileSync(join(place.folder, 'memory.limit_in_bytes'), 'utf8')).toBe(String(64 * MIB));
  });

  test('where none can be made, all that is missing is said', async () => {
    const { roots } = captured('v2');
    const path = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      await expect(makeOwnGroup(64 * MIB, roots)).rejects.toThrow(
        /--memory-limit: no cgroup can be made here: no group above .*job\.scope hands the memory controller down; systemd-run: .*ENOENT/,
      );
    } finally {
      process.env.PATH = path;
    }
  });
});

test('systemd-run that fails is quoted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'scope-'));
  folders.push(folder);
  const command = join(folder, 'systemd-run');
  writeFileSync(command, '#!/bin/sh\necho "Failed to connect to bus" >&2; exit 1\n', { mode: 0o755 });
  expect(await scopeGroup('tidemark-1-1', 64 * MIB, REAL_ROOTS, command)).toBe(`${command}: Failed to connect to bus`);
});

/** Real ones, where this machine lets us; said aloud where it does not. */
const made: Record<string, OwnGroup | string> = {
  'a real group, whoever makes it': await makeOwnGroup(64 * MIB, REAL_ROOTS).catch((error: Error) => error.message),
  'a real scope': await scopeGroup(`tidemark-test-${process.pid}`, 64 * MIB, REAL_ROOTS),
};

describe.each(Object.entries(made))('%s', (kind, real) => {
  if (typeof real === 'string') console.warn(`skipped, not ${kind}: ${real}`);

  test.skipIf(typeof real === 'string')('kills what asks for more, counts it, and goes away', async () => {
    const { place, enter, remove } = real as OwnGroup;
    expect(limitOf(place)).toBe(64 * MIB);
    expect(killsOf(place)).toBe(0);
    const hog = 'x = []\nwhile len(x) < 200: x.append(bytearray(1 << 20))';
    const { signal } = spawnSync('/bin/sh', ['-c', `${enter}exec python3 -c "$1"`, 'sh', hog]);
    expect(signal).toBe('SIGKILL');
    expect(killsOf(place)).toBe(1);
    // Its path is what a process in it reads of itself, and it is still to be entered after a kill.
    const inside = spawnSync('/bin/sh', ['-c', `${enter}cat /proc/self/cgroup`], { encoding: 'utf8' });
    expect(inside.stdout.split('\n').map((line) => line.replace(/^\d+:[^:]*:/, ''))).toContain(place.path);
    // What a job leaves behind keeps running, without the limit: outside, or where only systemd could move it, inside.
    const left = spawnSync('/bin/sh', ['-c', `${enter}sleep 60 >&- 2>&- & echo $!`], { encoding: 'utf8' });
    const pid = Number(left.stdout);
    // A job may make groups inside its own, and leave them behind.
    mkdirSync(join(place.folder, 'of-the-job/deeper'), { recursive: true });
    try {
      expect(await remove()).toBeNull();
      const stays = place.folder.endsWith('.scope');
      expect(existsSync(place.folder)).toBe(stays);
      expect(limitOf({ ...place, upwards: [place.folder] })).toBeNull();
      expect(readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(place.path)).toBe(stays);
    } finally {
      process.kill(pid, 'SIGKILL');
    }
    await expect.poll(() => existsSync(place.folder)).toBe(false);
    expect(killsOf(place)).toBeNaN();
  });
});
