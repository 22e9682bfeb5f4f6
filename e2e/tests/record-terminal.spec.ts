// A job on a terminal keeps a terminal, and what it shows is captured.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { outputLines, SHELL_COMMAND, test } from './record-fixture.js';

const here = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;
test.skip(!here, "util-linux's script is not installed: no terminal can be made here");

const run = (name: string): string => `${SHELL_COMMAND} run -q -o ${name} --`;

test('all three streams are terminals, and the exit code comes through', async ({ bench }) => {
  const { code, screen } = await bench.onTerminal(
    `${run('a')} sh -c 'test -t 0 && test -t 1 && test -t 2 && echo yes; exit 7'`,
  );
  expect({ code, screen }).toEqual({ code: 7, screen: 'yes\r\n' });
  expect(outputLines(bench.read('a').output)).toMatchObject([{ stream: 'tty', text: 'yes\r' }]);
  expect(bench.read('a').info.job).toMatchObject({ exit_code: 7, signal: null });
});

test('a job killed by a signal there gives 128 and its number', async ({ bench }) => {
  expect((await bench.onTerminal(`${run('a')} sh -c 'kill -9 $$'`)).code).toBe(137);
  expect(bench.read('a').info.job?.signal).toBe('SIGKILL');
});

test('colours stay', async ({ bench }) => {
  bench.run(['run', '-q', '-o', 'd/e', '--', 'true']);
  const { screen } = await bench.onTerminal(`${run('a')} ls --color=auto -d d`);
  expect(screen).toMatch(/\x1b\[[0-9;]*md\x1b\[0m/);
  expect(bench.read('a').output).toContain('\x1b[');
});

test('streams that are no terminals do not become one', async ({ bench }) => {
  writeFileSync(join(bench.folder, 'in.txt'), 'from a file\n');
  const job = `sh -c 'for n in 0 1 2; do test -t $n && echo $n >&9; done; cat; echo err >&2' 9>which.txt`;
  const { screen } = await bench.onTerminal(`${run('a')} ${job} <in.txt`);
  expect(readFileSync(join(bench.folder, 'which.txt'), 'utf8')).toBe('1\n2\n');
  expect(screen).toBe('from a file\r\nerr\r\n');
  await bench.onTerminal(`${run('b')} ${job} <in.txt 2>err.txt`);
  expect(readFileSync(join(bench.folder, 'which.txt'), 'utf8')).toBe('1\n');
  expect(readFileSync(join(bench.folder, 'err.txt'), 'utf8')).toBe('err\n');
  await bench.onTerminal(`${run('c')} ${job} <in.txt | cat >out.txt`);
  expect(readFileSync(join(bench.folder, 'which.txt'), 'utf8')).toBe('2\n');
  expect(readFileSync(join(bench.folder, 'out.txt'), 'utf8')).toBe('from a file\n');
  expect(
    outputLines(bench.read('c').output)
      .map((line) => line.stream)
      .toSorted(),
  ).toEqual(['stdout', 'tty']);
});

test('arguments, SHELL and the number of processes are the job’s own', async ({ bench }) => {
  const { screen } = await bench.onTerminal(
    `SHELL=/usr/bin/fish ${run('a')} sh -c 'echo "$SHELL|$1|$2|"; sleep 0.5' x "it's \\$HOME" ''`,
  );
  expect(screen).toBe("/usr/bin/fish|it's $HOME||\r\n");
  // The shell and its sleep: `script` around them does not count.
  expect(Math.max(...bench.read('a').rows.map((row) => row.job_processes ?? 0))).toBe(2);
});

test('a signal that comes while its terminal is being made is the job’s', async ({ bench }) => {
  const bin = join(bench.folder, 'bin');
  mkdirSync(bin);
  const real = spawnSync('sh', ['-c', 'command -v script'], { encoding: 'utf8' }).stdout.trim();
  writeFileSync(
    join(bin, 'script'),
    `#!/bin/sh\n[ "$1" = --version ] || { : > starting; sleep 1; }\nexec ${real} "$@"\n`,
    { mode: 0o755 },
  );
  const ended = bench.onTerminal(`PATH=${bin}:$PATH ${SHELL_COMMAND} run -q -o a --pid-file pid -- sleep 20`);
  await expect.poll(() => existsSync(join(bench.folder, 'starting'))).toBe(true);
  process.kill(Number(readFileSync(join(bench.folder, 'pid'), 'utf8')), 'SIGTERM');
  expect((await ended).code).toBe(143);
  expect(bench.read('a').info).toMatchObject({ job: { signal: 'SIGTERM' }, ended_at: expect.any(String) });
});

test.describe('where `script` is not installed', () => {
  /** A PATH with these programs alone. */
  function pathWith(folder: string, programs: readonly string[]): string {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    for (const program of programs) {
      const at = spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim();
      symlinkSync(realpathSync(at), join(bin, program));
    }
    return bin;
  }
  const basics = ['sh', 'cat', 'mkfifo', 'stty', 'stdbuf', 'env'];

  test('Python makes the terminal', async ({ bench }) => {
    const python = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], {
      encoding: 'utf8',
    }).stdout.trim();
    const path = pathWith(bench.folder, basics);
    symlinkSync(python, join(path, 'python3'));
    const { code, screen } = await bench.onTerminal(
      `stty rows 33 cols 77; PATH=${path} ${run('a')} sh -c 'test -t 0 && test -t 1 && test -t 2 && stty size; exit 7'`,
    );
    expect({ code, screen }).toEqual({ code: 7, screen: '33 77\r\n' });
    expect(outputLines(bench.read('a').output)).toMatchObject([{ stream: 'tty', text: '33 77\r' }]);
    expect((await bench.onTerminal(`PATH=${path} ${run('b')} sh -c 'kill -9 $$'`)).code).toBe(137);
  });

  test('without Python too, the job keeps the real one, and it is said that its output is not kept', async ({
    bench,
  }) => {
    const path = pathWith(bench.folder, basics);
    const { code, screen } = await bench.onTerminal(`PATH=${path} ${run('a')} sh -c 'test -t 1 && echo yes; exit 7'`);
    expect(code).toBe(7);
    expect(screen).toContain(
      "the job's output is not captured: neither util-linux's `script` nor python3 is installed",
    );
    expect(screen).toContain('yes\r\n');
    expect(bench.read('a').info.output).toBe('not captured');
    expect(existsSync(join(bench.folder, 'a/output.log'))).toBe(false);
  });
});

test.describe('with somebody at the keys', () => {
  const tmux = spawnSync('tmux', ['-V']).status === 0;
  test.skip(!tmux, 'tmux is not installed');

  /** A terminal of 100 x 30 in which `line` runs; `screen()` is what it shows. */
  function terminal(folder: string, line: string) {
    const socket = join(folder, 'tmux');
    const tmuxRun = (...args: string[]): string =>
      spawnSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { cwd: folder, encoding: 'utf8' }).stdout;
    tmuxRun('new-session', '-d', '-x', '100', '-y', '30', `${line}; echo "code $?"; exec cat`);
    return {
      keys: (...keys: string[]) => tmuxRun('send-keys', ...keys),
      resize: () => tmuxRun('resize-window', '-x', '90', '-y', '20'),
      screen: () => tmuxRun('capture-pane', '-p'),
      end: () => tmuxRun('kill-server'),
    };
  }

  test('the size is right, a prompt is answered, each at its own time', async ({ bench }) => {
    const session = terminal(bench.folder, `${run('a')} sh -c 'stty size; printf "name? "; read n; echo "hello $n"'`);
    await expect.poll(session.screen).toContain('name?');
    expect(session.screen()).toContain('30 100');
    await expect.poll(() => bench.read('a').output).toContain('tty P name? \n');
    session.keys('bob', 'Enter');
    await expect.poll(session.screen).toContain('code 0');
    expect(session.screen()).toContain('hello bob');
    session.end();
  });

  test('Ctrl-C ends the job and tidemark says so', async ({ bench }) => {
    const session = terminal(bench.folder, `${SHELL_COMMAND} run -o a -- sh -c 'echo up; exec sleep 60'`);
    await expect.poll(session.screen).toContain('up');
    session.keys('C-c');
    await expect.poll(session.screen).toContain('code 130');
    expect(session.screen()).toMatch(/^ended {3}killed by SIGINT/m);
    session.end();
  });

  test('Ctrl-C reaches a job whose output goes to a file once', async ({ bench }) => {
    writeFileSync(
      join(bench.folder, 'job.py'),
      'import signal, time\nsignal.signal(2, lambda s, f: print("got", s, flush=True))\nprint("up", flush=True)\n' +
        't = time.monotonic()\nwhile time.monotonic() - t < 2: time.sleep(0.05)\n',
    );
    const out = (): string => readFileSync(join(bench.folder, 'out.txt'), 'utf8');
    const session = terminal(bench.folder, `${run('a')} python3 job.py >out.txt 2>&1`);
    await expect
      .poll(() => spawnSync('cat', ['out.txt'], { cwd: bench.folder, encoding: 'utf8' }).stdout)
      .toContain('up');
    session.keys('C-c');
    await expect.poll(session.screen).toContain('code 0');
    expect(out()).toBe('up\ngot 2\n');
    session.end();
  });

  test('a new window size reaches the job', async ({ bench }) => {
    const session = terminal(
      bench.folder,
      `${run('a')} bash -c 'trap "stty size" WINCH; echo up; for i in {1..100}; do sleep 0.1; done'`,
    );
    await expect.poll(session.screen).toContain('up');
    session.resize();
    await expect.poll(session.screen).toContain('20 90');
    session.end();
  });
});
