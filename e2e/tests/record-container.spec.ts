// `--container`: a real container where podman runs (no image is pulled), stopped, started and replaced while it is recorded.
// Elsewhere the captured trees of recorder/src/containers/containers.test.ts stand in, and the skip says so.
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { type Podman, startPodman } from './podman.js';
import { COMMAND, endOf, said, test } from './record-fixture.js';

const MIB = 1024 * 1024;
let podman: Podman | string = '';

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  podman = await startPodman();
});
test.afterAll(() => {
  if (typeof podman !== 'string') podman.close();
});
test.beforeEach(() => {
  test.skip(typeof podman === 'string', `no real container here, captured trees stand in: ${podman}`);
  process.env.DOCKER_SOCKET = real().socket;
});

const real = (): Podman => podman as Podman;
const HOLD = 'x = bytearray(b"x") * (60 << 20)\nimport time\ntime.sleep(600)';

function runContainer(name: string): string {
  const limits = ['--memory', '200m', '--rootfs', real().root];
  return real().run('run', '-d', '--name', name, ...real().hostPrograms, ...limits, '/usr/bin/python3', '-c', HOLD);
}

test('a container is recorded by its name through a restart and a replacement, each with a mark, until it is removed', async ({
  bench,
}) => {
  test.setTimeout(90_000);
  const id = runContainer('web');
  const recorder = bench.start(['record', '-i', '100ms', '-o', 'a', '--container', 'web']);
  const ended = endOf(recorder);
  await said(recorder, `recording the container web (${id.slice(0, 12)}) and the machine`);
  const until = (reached: () => boolean) => expect.poll(reached, { timeout: 40_000 }).toBe(true);
  const held = (from: number): boolean =>
    bench
      .read('a')
      .rows.slice(from)
      .some((row) => (row.container_current_bytes ?? 0) > 60 * MIB);
  await until(() => held(0));
  real().run('stop', '-t', '0', 'web');
  await until(() => bench.read('a').events.includes('mark,container web stopped'));
  const stopped = bench.read('a').rows.length;
  real().run('start', 'web');
  await until(() => bench.read('a').events.includes('mark,container web runs again\n'));
  await until(() => held(stopped));

  real().run('rm', '-f', '-t', '0', 'web');
  const second = runContainer('web');
  await until(() => bench.read('a').events.includes(`runs again, as a new one (${second.slice(0, 12)})`));
  const replaced = bench.read('a').rows.length;
  await until(() => held(replaced));

  real().run('rm', '-f', '-t', '0', 'web');
  expect((await ended).code).toBe(0);
  const { info, rows, events } = bench.read('a');
  expect(events).toMatch(/,exit,container web was removed\n$/);
  expect(info).toMatchObject({ container: { name: 'web', id }, cgroup: { limit_bytes: 200 * MIB } });
  // One time line: while it did not run the container's cells are empty and the machine's are not.
  const gaps = rows.filter((row) => row.container_current_bytes === null);
  expect(gaps.length).toBeGreaterThan(0);
  for (const row of gaps) expect(row.machine_used_bytes).not.toBeNull();
  for (const row of rows) expect(row.container_limit_bytes ?? 200 * MIB).toBe(200 * MIB);
});

test('what is not there, does not run, or is asked twice is said', ({ bench }) => {
  const none = bench.run(['record', '--container', 'nobody']);
  expect(none).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--container nobody: there is no such container'),
  });
  runContainer('off');
  real().run('stop', '-t', '0', 'off');
  expect(bench.run(['record', '--container', 'off']).stderr).toMatch(
    /--container off: it is not running \((exited|stopped)\)/,
  );
  real().run('rm', 'off');
  expect(bench.run(['record', '--container', 'off', '--cgroup', '/']).code).toBe(2);
});

test('inside a container its own limit and usage are recorded', ({ bench }) => {
  const dist = join(COMMAND, '../..');
  const main = join(dist, '..');
  const args = ['--memory', '300m', '-v', `${main}:${main}:ro`, '--rootfs', real().root];
  const node = process.execPath;
  // Where node does not stand under /usr it is brought along.
  const own = node.startsWith('/usr/') ? [] : ['-v', `${node}:${node}:ro`];
  real().run(
    'run',
    '--rm',
    ...real().hostPrograms,
    ...own,
    '-v',
    `${bench.folder}:/out`,
    ...args,
    node,
    COMMAND,
    'record',
    '-q',
    '-i',
    '50ms',
    '--duration',
    '200ms',
    '-o',
    '/out/inside',
  );
  const { info, rows } = bench.read('inside');
  expect(info.cgroup?.limit_bytes).toBe(300 * MIB);
  expect(rows.length).toBeGreaterThan(2);
  for (const row of rows) {
    expect(row.container_limit_bytes).toBe(300 * MIB);
    expect(row.container_current_bytes!).toBeLessThan(300 * MIB);
    expect(row.container_current_bytes!).toBeGreaterThan(MIB);
  }
});

test('without a runtime it is said where it was looked for', ({ bench }) => {
  const { code, stderr } = bench.run(['record', '--container', 'web'], {
    env: { ...process.env, DOCKER_SOCKET: join(bench.folder, 'none.sock') },
  });
  expect(code).toBe(1);
  expect(stderr).toContain('--container web: no container runtime answers');
});
