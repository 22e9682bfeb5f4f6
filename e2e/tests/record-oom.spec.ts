// `--memory-limit` and what is said of a kill: real kills in a real cgroup, where this machine lets us make one.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'playwright/test';
import { endOf, said, test } from './record-fixture.js';

const MIB = 1024 * 1024;

/** Takes 4 MiB at a time up to so many MiB, tells each, and waits for what it is told to wait. */
const HOG = `import sys, time
held = []
for i in range(int(sys.argv[1]) // 4):
    held.append(bytearray(4 << 20)); print("have", 4 * (i + 1), flush=True); time.sleep(0.02)
print("enough", flush=True)`;

test.beforeEach(({ bench }) => {
  const { code, stderr } = bench.run(['run', '-q', '-o', 'probe', '--memory-limit', '64MiB', '--', 'true']);
  // Said aloud by the reporter: this machine gives us no cgroup.
  test.skip(code === 1 && stderr.includes('no cgroup can be made here'), stderr.trim());
});

/** No group of ours is left, wherever it was made. */
function expectCleanedUp(path: string | undefined): void {
  expect(path).toMatch(/\/tidemark-\d+-\d+(\.scope)?$/);
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').match(/(?<= )\/\S*cgroup\S*/g) ?? [];
  for (const mount of mounts) expect(existsSync(mount + path)).toBe(false);
}

test('a job that does not fit is killed, and the recording says why, when, by how much and after which lines', ({
  bench,
}) => {
  const { code, stdout, stderr } = bench.run([
    'run',
    '-o',
    'a',
    '--memory-limit',
    '96MiB',
    '--',
    'python3',
    '-c',
    HOG,
    '400',
  ]);
  expect(code).toBe(137);
  expect(stdout).not.toContain('enough');
  expect(stderr).toMatch(/^oom {5}confirmed: the cgroup's oom_kill counter rose by 1$/m);
  expect(stderr).toMatch(/^ {8}largest: python3 \(\d+\) /m);
  const { info, events, rows } = bench.read('a');
  expect(info.cgroup).toMatchObject({ limit_bytes: 96 * MIB });
  const { oom } = info;
  expect(oom).toMatchObject({ verdict: 'confirmed', kills: 1, limit_bytes: 96 * MIB });
  // The last full sample is a row of the file, and the headroom and what it asked for say the same.
  const row = rows.find(({ time }) => time === Date.parse(oom!.last_sample!.time));
  expect(row?.container_current_bytes).toBe(oom!.last_sample!.charged_bytes);
  expect(oom!.asked_at_least_bytes).toBe(96 * MIB - row!.container_current_bytes!);
  expect(oom!.headroom.at(-1)!.bytes).toBe(oom!.asked_at_least_bytes);
  expect(oom!.processes[0]).toMatchObject({ pid: info.job!.pid, name: 'python3', rss_bytes: row!.job_rss_bytes });
  // Its very last lines, also those that came after the last sample.
  expect(oom!.output.map(({ text }) => text)).toEqual(stdout.trim().split('\n').slice(-10));
  expect(stderr).toMatch(/^ {8}headroom: [▁-█]+ .* to .* in /m);
  expect(bench.run(['report', 'a']).stdout).toMatch(
    /Out of memory\? confirmed: .*\n {4}.* of 96.0 MiB at the last full sample/,
  );
  expect(events).toMatch(/,oom-kill,.*the kernel killed 1 process .*\n.*,exit,killed by SIGKILL\n$/);
  expectCleanedUp(info.cgroup?.path);
});

test('a job that fits is not touched', ({ bench }) => {
  const { code, stdout, stderr } = bench.run([
    'run',
    '-o',
    'b',
    '--memory-limit',
    '512MiB',
    '--',
    'python3',
    '-c',
    HOG,
    '64',
  ]);
  expect(code).toBe(0);
  expect(stdout).toContain('enough');
  expect(stderr).not.toContain('oom');
  const { info, rows } = bench.read('b');
  expect(info.oom).toBeUndefined();
  // The group is the job's alone: it holds what the job holds, not the recorder.
  expect(rows.every((row) => (row.container_current_bytes ?? 0) < 128 * MIB)).toBe(true);
  expectCleanedUp(info.cgroup?.path);
});

test('a killed grandchild leaves exit code 0, and is told all the same', ({ bench }) => {
  const { code, stderr } = bench.run([
    'run',
    '-o',
    'c',
    '--memory-limit',
    '96MiB',
    '--',
    'sh',
    '-c',
    'python3 -c "$1" 400; echo went on; sleep 0.5; exit 0',
    'sh',
    HOG,
  ]);
  expect(code).toBe(0);
  expect(stderr).toContain('ended   exit 0');
  expect(stderr).toContain('oom     confirmed');
  expect(bench.read('c').info.oom?.verdict).toBe('confirmed');
  expectCleanedUp(bench.read('c').info.cgroup?.path);
});

test('a kill before the second sample is counted as well', ({ bench }) => {
  bench.run([
    'run',
    '-q',
    '-i',
    '10s',
    '-o',
    'd',
    '--memory-limit',
    '64MiB',
    '--',
    'python3',
    '-c',
    'x = bytearray(400 << 20)\nfor i in range(0, len(x), 4096): x[i] = 1',
  ]);
  const { info, events } = bench.read('d');
  expect(info.oom).toMatchObject({ verdict: 'confirmed', kills: 1 });
  expect(events).toContain(',oom-kill,');
});

test('kill -9, and exit code 137, alone prove nothing', ({ bench }) => {
  for (const [command, how] of [
    ['kill -9 $$', 'signal 9'],
    ['exit 137', 'exit code 137'],
  ] as const) {
    const name = how.replaceAll(' ', '-');
    const { code, stderr } = bench.run([
      'run',
      '-o',
      name,
      '--memory-limit',
      '512MiB',
      '--',
      'sh',
      '-c',
      `sleep 0.5; ${command}`,
    ]);
    expect(code).toBe(137);
    expect(stderr).toContain(`oom     no evidence: ${how} alone proves nothing: no kill was counted`);
    const { info, events } = bench.read(name);
    expect(info.oom?.verdict).toBe('no-evidence');
    expect(events).toMatch(/,exit,.* \(no evidence of an OOM kill\)\n$/);
    expect(events).not.toContain('oom-kill');
  }
});

test('signal 9 near the limit that no counter has seen is consistent with a kill, and never confirmed', ({ bench }) => {
  // Fills its group almost, and ends by a signal of its own.
  const program = `import os, sys, time
held = bytearray(118 << 20)
for i in range(0, len(held), 4096): held[i] = 1
print("held", flush=True); time.sleep(0.5); os.kill(os.getpid(), 9)`;
  const { code, stderr } = bench.run(['run', '-o', 'c', '--memory-limit', '128MiB', '--', 'python3', '-c', program]);
  expect(code).toBe(137);
  expect(stderr).toMatch(
    /oom {5}consistent: signal 9 near the limit: the last full sample held 1[12]\d( MiB|\.\d MiB) of 128 MiB; but no kill was counted/,
  );
  const { info, events } = bench.read('c');
  expect(info.oom).toMatchObject({ verdict: 'consistent', kills: 0, asked_at_least_bytes: null });
  expect(events).toMatch(/,exit,killed by SIGKILL \(consistent with an OOM kill\)\n$/);
  expect(events).not.toContain('oom-kill');
});

test('a job that makes a group inside its own hides its kill from the counter of v1; nothing of it is left', ({
  bench,
}) => {
  const { version } = bench.read('probe').info.cgroup!;
  test.skip(version !== 1, 'NOT TESTED: a kill that the counter does not see. cgroup v2 counts those of groups below.');
  const script = `group=$(awk '$5 ~ /memory/ { print $5; exit }' /proc/self/mountinfo)$(grep :memory: /proc/self/cgroup | cut -d: -f3)/inner
[ -d "\${group%/inner}" ] || exit 77
mkdir "$group" && echo $$ >"$group/cgroup.procs" && exec python3 -c "$0" 400`;
  // It rests at 112 MiB: on a busy machine, too, a sample is taken near the limit.
  const hog = HOG.replace('time.sleep(0.02)', 'time.sleep(1 if i == 27 else 0.02)');
  const { code, stderr } = bench.run(['run', '-o', 'n', '--memory-limit', '128MiB', '--', 'sh', '-c', script, hog]);
  test.skip(code === 77, 'NOT TESTED: a kill that the counter does not see. The group is not where it says.');
  expect(code).toBe(137);
  expect(stderr).toContain('oom     consistent: signal 9 near the limit');
  expect(stderr).not.toContain('still in use');
  const { info } = bench.read('n');
  expect(info.oom).toMatchObject({ verdict: 'consistent', kills: 0 });
  expectCleanedUp(info.cgroup?.path);
});

test('on a terminal the job is in its group and keeps its terminal', async ({ bench }) => {
  const { SHELL_COMMAND } = await import('./record-fixture.js');
  const { screen } = await bench.onTerminal(
    `${SHELL_COMMAND} run -q -o t --memory-limit 256MiB -- sh -c 'cat /proc/self/cgroup; test -t 1 && echo a terminal'`,
  );
  expect(screen).toContain('a terminal');
  expect(screen).toMatch(/tidemark-\d+-\d+/);
  expectCleanedUp(bench.read('t').info.cgroup?.path);
});

test('the last lines of a log that the job writes itself are kept too', ({ bench }) => {
  const hog = HOG.replaceAll('print("have"', 'print("have", file=log) or print("have"').replace(
    'held = []',
    'held = []\nlog = open("app.log", "w", buffering=1)',
  );
  bench.run(['run', '-q', '-o', 'l', '--log', 'app.log', '--memory-limit', '64MiB', '--', 'python3', '-c', hog, '400']);
  const { oom } = bench.read('l').info;
  expect(oom?.logs?.[0]?.file).toMatch(/app\.log$/);
  expect(oom?.logs?.[0]?.lines.at(-1)).toBe('have');
});

test('a group that is named goes away and comes back, as that of a service does: one time line, a mark each time', async ({
  bench,
}) => {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').match(/(?<= )\/\S*cgroup\S*/g) ?? [];
  const above = dirname(bench.read('probe').info.cgroup!.path);
  const group = mounts
    .map((mount) => join(mount, above, `tidemark-test-${process.pid}`))
    .find((folder) => {
      const parent = dirname(folder);
      return ['memory.current', 'memory.usage_in_bytes', 'cgroup.subtree_control'].some((name) =>
        existsSync(join(parent, name)),
      );
    });
  test.skip(group === undefined, 'NOT TESTED: a group that comes and goes. Its place is not where it says.');
  mkdirSync(group!);
  try {
    const child = bench.start(['record', '-i', '50ms', '-o', 'g', '--cgroup', group!]);
    await said(child, 'recording the cgroup');
    const measured = () => bench.read('g').rows.map((row) => row.container_current_bytes);
    const until = (reached: () => boolean) => expect.poll(reached, { timeout: 20_000 }).toBe(true);
    await until(() => measured().at(-1) === 0);
    rmdirSync(group!);
    await until(() => measured().at(-1) === null);
    mkdirSync(group!);
    await until(() => measured().at(-1) === 0);
    const ended = endOf(child);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    const { events } = bench.read('g');
    expect(events).toMatch(/,mark,the cgroup \S+ is gone\n.*,mark,the cgroup \S+ is there again\n.*,exit,/);
    expect(events).not.toContain('sampler-lost');
  } finally {
    rmdirSync(group!);
  }
});

test('a limit that is none is asked wrongly', ({ bench }) => {
  for (const limit of ['much', '12KiB']) {
    expect(bench.run(['run', '-o', 'e', '--memory-limit', limit, '--', 'true'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`--memory-limit: expected a size such as 512MiB, at least 1MiB, found ${limit}`),
    });
  }
  expect(readdirSync(bench.folder)).not.toContain('e');
});
