// Captured shapes of trees stand in for real runtimes here; e2e/tests/record-container.spec.ts runs a real container where podman is.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { container } from '../samplers/container.js';
import type { Roots } from '../samplers/sampler.js';
import { containerNamed, type ListedContainer, readAnswer, runtimeSockets } from './ask-runtime.js';
import { containerGroup } from './container-group.js';
import { FollowedContainer } from './followed-container.js';

const ID = '4c36f8416221e2082ebb7e7e06d2ea31f233bdcaba4b19d0265d3f7ae97ae965';
const OTHER = '0d6e0d6e0d6e0d6e0d6e0d6e0d6e0d6e0d6e0d6e0d6e0d6e0d6e0d6e0d6e0d6e';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** A machine whose one hierarchy holds these groups. */
function machine(
  version: 1 | 2,
  groups: readonly string[],
): Roots & { add(path: string, charge: number): void; remove(path: string): void } {
  const root = mkdtempSync(join(tmpdir(), 'containers-'));
  made.push(root);
  const point = version === 1 ? '/sys/fs/cgroup/memory' : '/sys/fs/cgroup';
  const type = version === 1 ? 'cgroup cgroup rw,memory' : 'cgroup2 cgroup2 rw';
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const add = (path: string, charge: number): void => {
    write(`${point}${path}/cgroup.procs`, '');
    write(`${point}${path}/memory.stat`, 'anon 1\nfile 2\ntotal_rss 1\ntotal_cache 2\n');
    write(`${point}${path}/${version === 1 ? 'memory.usage_in_bytes' : 'memory.current'}`, `${charge}\n`);
    write(`${point}${path}/${version === 1 ? 'memory.limit_in_bytes' : 'memory.max'}`, '209715200\n');
  };
  write('/proc/self/mountinfo', `32 31 0:32 / ${point} rw - ${type}\n`);
  for (const group of groups) add(group, 4096);
  return {
    proc: `${root}/proc`,
    cgroup: root,
    add,
    remove: (path) => rmSync(`${root}${point}${path}`, { recursive: true }),
  };
}

describe('the group of a container', () => {
  test.each([
    ['Docker, v1', 1, `/docker/${ID}`, []],
    ['Docker with systemd, v2', 2, `/system.slice/docker-${ID}.scope`, [`/system.slice/docker-${ID}.scope/init.scope`]],
    ['Podman, cgroupfs, v1', 1, `/libpod_parent/libpod-${ID}`, [`/libpod_parent/conmon-${ID}`]],
    [
      'Podman, v2',
      2,
      `/machine.slice/libpod-${ID}.scope`,
      [`/machine.slice/libpod-conmon-${ID}.scope`, `/machine.slice/libpod-${ID}.scope/container`],
    ],
    ['Podman of a user, v2', 2, `/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${ID}.scope`, []],
    ['Kubernetes', 2, `/kubepods.slice/kubepods-burstable.slice/pod7/cri-containerd-${ID}.scope`, []],
    ['Docker in Docker', 1, `/docker/${OTHER}/docker/${ID}`, [`/docker/${OTHER}`]],
  ] as const)('%s', (_, version, path, others) => {
    const roots = machine(version, [...others, path]);
    expect(containerGroup(roots, ID)).toMatchObject({ version, path });
  });

  test('that is not here is none', () => {
    expect(containerGroup(machine(1, [`/docker/${OTHER}`]), ID)).toBeNull();
  });
});

describe('which container is meant', () => {
  const listed = (name: string, id: string, state = 'running'): ListedContainer => ({ name, id, state });
  test.each([
    ['a name', 'web', [listed('db', OTHER), listed('web', ID)], ID],
    ['the beginning of an id', '4c36f8', [listed('db', OTHER), listed('web', ID)], ID],
    ['a name that looks like an id', '0d6e', [listed('0d6e', ID), listed('db', OTHER)], ID],
    ['of two runtimes the one where it runs', 'web', [listed('web', OTHER, 'exited'), listed('web', ID)], ID],
    ['nothing of the kind', 'we', [listed('web', ID)], undefined],
  ])('%s', (_, wanted, list, id) => {
    expect(containerNamed(list, wanted)?.id).toBe(id);
  });

  test('what the runtime does not say as expected is left out or told', () => {
    expect(readAnswer(JSON.stringify({ containers: [{ id: 1 }, listed('web', ID)] }))).toEqual({
      containers: [listed('web', ID)],
    });
    expect(readAnswer('{"error":"EACCES"}')).toEqual({ error: 'EACCES' });
    expect(readAnswer('')).toEqual({ error: 'no answer' });
  });

  test('the socket that is named goes before the usual ones', () => {
    const all = () => true;
    expect(runtimeSockets({ DOCKER_SOCKET: '/run/x.sock' }, all)).toEqual(['/run/x.sock']);
    expect(runtimeSockets({ DOCKER_HOST: 'unix:///run/y.sock' }, all)).toEqual(['/run/y.sock']);
    expect(runtimeSockets({ XDG_RUNTIME_DIR: '/run/user/7' }, (path) => String(path).endsWith('podman.sock'))).toEqual([
      '/run/podman/podman.sock',
      '/run/user/7/podman/podman.sock',
    ]);
  });
});

describe('through a stop', () => {
  const path = `/docker/${ID}`;

  /** A sampler on a container that is followed; what it reads, and what was told. */
  function followed(roots: ReturnType<typeof machine>, ask: () => ListedContainer[] | null) {
    const group = containerGroup(roots, ID)!;
    const found = { id: ID, name: 'web', state: 'running' };
    const one = new FollowedContainer('web', found, group, roots, async () => ({ containers: ask(), troubles: [] }), 1);
    const told: string[] = [];
    let tell = (): void => {};
    one.listen({
      changed(text) {
        told.push(text);
        tell();
      },
      gone() {
        told.push('gone');
        tell();
      },
    });
    const sampler = container({ roots, tree: null, group, container: one })!;
    return {
      told,
      next: () =>
        new Promise<void>((resolve) => {
          tell = resolve;
        }),
      read(): number {
        const cells = new Float64Array(sampler.columns.length);
        sampler.read(cells, 0, 0);
        return cells[0]!;
      },
      close() {
        one.close();
        sampler.close();
      },
    };
  }

  /** A captured tree has no kernel that says ENODEV: the file of a group that is gone is opened anew instead, ENOENT. */
  test('the same container comes back at its place, and the runtime need not be asked', async () => {
    const roots = machine(1, []);
    roots.add(path, 100);
    roots.remove(path);
    roots.add(path, 100);
    const web = followed(roots, () => {
      throw new Error('asked');
    });
    roots.remove(path);
    expect(web.read()).toBeNaN();
    expect(web.told).toEqual(['container web stopped']);
    expect(web.read()).toBeNaN();
    const again = web.next();
    roots.add(path, 200);
    await again;
    expect(web.read()).toBe(200);
    expect(web.told).toEqual(['container web stopped', 'container web runs again']);
    web.close();
  });

  test('a new container of the same name is followed, and called a new one', async () => {
    const roots = machine(1, [path]);
    const list: ListedContainer[] = [];
    const web = followed(roots, () => list);
    roots.remove(path);
    expect(web.read()).toBeNaN();
    roots.add(`/docker/${OTHER}`, 300);
    list.push({ id: OTHER, name: 'web', state: 'running' });
    await web.next();
    expect(web.read()).toBe(300);
    expect(web.told.at(-1)).toBe(`container web runs again, as a new one (${OTHER.slice(0, 12)})`);
    web.close();
  });
});
