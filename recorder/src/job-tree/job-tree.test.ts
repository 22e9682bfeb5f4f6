// Real processes: what they do is told by them on a pipe, never guessed from the time.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { KernelFile } from '../sampling/kernel-file.js';
import { JobTree } from './job-tree.js';
import { identify, isAlive } from './process-id.js';

const linux = process.platform === 'linux';
let children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
});

/** Starts a shell that reads commands, and waits until it has done the first one. */
async function shell(first: string) {
  const child = spawn('sh', { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const run = (command: string): Promise<string> =>
    new Promise((resolve) => {
      let text = '';
      const onData = (part: Buffer): void => {
        text += part.toString();
        if (!text.includes('done\n')) return;
        child.stdout.off('data', onData);
        resolve(text.replace('done\n', ''));
      };
      child.stdout.on('data', onData);
      child.stdin.write(`${command}\necho done\n`);
    });
  await run(first);
  return { child, pid: child.pid ?? 0, run };
}

const pidsOf = (tree: JobTree): number[] =>
  [...tree.processes()]
    .filter((p) => !p.memory.zombie)
    .map((p) => p.pid)
    .toSorted();

describe.skipIf(!linux)('the tree of a job', () => {
  test('children and grandchildren belong to it, also when the parent between ends first', async () => {
    // Starts a shell that starts a sleep; at the first line it kills the shell alone, at the end of its input the sleep.
    const program = `import os, subprocess, sys
p = subprocess.Popen(["sh", "-c", "sleep 60 & echo $!; wait"], stdout=subprocess.PIPE)
sleep = int(p.stdout.readline())
print(f"{p.pid} {sleep}", flush=True)
sys.stdin.readline()
p.kill(); p.wait()
print("killed", flush=True)
sys.stdin.read()
os.kill(sleep, 9)`;
    const child = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    // By lines: Python may write a line and its end apart.
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const said = async (): Promise<string> => String((await lines.next()).value);
    const [parent = 0, sleep = 0] = (await said()).split(' ').map(Number);
    const tree = new JobTree('/proc');
    expect(tree.follow(child.pid ?? 0)).toBe(true);
    tree.look(0);
    expect(pidsOf(tree)).toEqual([child.pid, parent, sleep].toSorted());
    child.stdin.write('\n');
    expect(await said()).toBe('killed');
    tree.look(100);
    expect(pidsOf(tree)).toEqual([child.pid, sleep].toSorted());
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    await gone;
    tree.close();
  });

  test('it ends when the process that was followed ends', async () => {
    const { child, pid } = await shell('true');
    const tree = new JobTree('/proc');
    tree.follow(pid);
    tree.look(0);
    expect(tree.ended).toBe(false);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    tree.look(100);
    expect(tree.ended).toBe(true);
    expect(pidsOf(tree)).toEqual([]);
    tree.close();
  });

  test('a process that is gone cannot be followed', async () => {
    const { child, pid } = await shell('true');
    const id = identify('/proc', pid);
    expect(id !== null && isAlive('/proc', id)).toBe(true);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    expect(new JobTree('/proc').follow(pid)).toBe(false);
    expect(id !== null && isAlive('/proc', id)).toBe(false);
  });

  test('a child of a thread that is not the first is found', async () => {
    // Python's thread starts the child and tells its pid.
    const program =
      'import subprocess,threading,sys,time\n' +
      'def f():\n p=subprocess.Popen(["sleep","60"]); print(p.pid,flush=True); sys.stdin.read(); p.kill()\n' +
      't=threading.Thread(target=f); t.start(); t.join()';
    const child = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    const grandchild = Number(await new Promise<Buffer>((resolve) => child.stdout.once('data', resolve)));
    const tree = new JobTree('/proc');
    tree.follow(child.pid ?? 0);
    tree.look(0);
    expect(pidsOf(tree)).toEqual([child.pid, grandchild].toSorted());
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    await gone;
    tree.close();
  });

  test('a look at a job that starts and ends hundreds of processes breaks nothing and leaves no descriptor open', async () => {
    const { pid, run } = await shell('true');
    const tree = new JobTree('/proc');
    tree.follow(pid);
    let busy = true;
    const storm = run('i=0; while [ $i -lt 300 ]; do /bin/true; i=$((i+1)); done').then(() => {
      busy = false;
    });
    for (let ms = 0; busy; ms++) {
      tree.look(ms);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await storm;
    tree.look(1e6);
    expect(pidsOf(tree)).toEqual([pid]);
    tree.close();
  });

  test('one that has slept for long is read at once when it has run: what it reached and gave back in between is known', async () => {
    const program =
      'import sys\nprint("ready", flush=True)\n' +
      'for line in sys.stdin:\n b = bytearray(64 << 20)\n for i in range(0, 64 << 20, 4096): b[i] = 1\n del b\n print("done", flush=True)';
    const child = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    await lines.next();
    const tree = new JobTree('/proc');
    tree.follow(child.pid!);
    let ms = 0;
    const look = (): number => {
      const { changes } = tree;
      ms += 100;
      tree.look(ms);
      return tree.changes - changes;
    };
    // It may still be on its way to sleep.
    await expect.poll(look).toBe(0);
    const [process] = tree.processes();
    const before = { ...process!.memory };
    // Slept through: its pages are asked for once a second, its status every ten.
    const looks = Array.from({ length: 250 }, look);
    expect(looks.filter((changes) => changes > 0).length).toBeGreaterThanOrEqual(2);
    expect(looks.filter((changes) => changes > 0).length).toBeLessThan(6);
    expect(process!.memory).toEqual(before);
    child.stdin.write('\n');
    await lines.next();
    expect(look()).toBe(1);
    expect(process!.memory.hwmKib - before.hwmKib).toBeGreaterThan(60 * 1024);
    expect(process!.memory.rssKib - before.rssKib).toBeLessThan(10 * 1024);
    tree.close();
  });

  test('who has slept since is not asked for children; who started one is; other processes of the machine never are', async () => {
    const { pid, run } = await shell('true');
    // Strangers, some of them young.
    for (let i = 0; i < 50; i++) children.push(spawn('sleep', ['60'], { stdio: 'ignore' }));
    const tree = new JobTree('/proc');
    tree.follow(pid);
    tree.look(0);
    const opened: string[] = [];
    const read = KernelFile.prototype.read;
    const watched = vi.spyOn(KernelFile.prototype, 'read').mockImplementation(function (this: KernelFile) {
      opened.push(this.path);
      return read.call(this);
    });
    try {
      // Somebody forks between the looks, but not the job, which waits.
      children.push(spawn('sleep', ['60'], { stdio: 'ignore' }));
      tree.look(100);
      tree.look(200);
      const asleep = opened.filter((path) => !path.endsWith('loadavg'));
      // Its status tells that it sleeps; from then on it is asked no more than whether it has run.
      expect(asleep).toEqual([`/proc/${pid}/schedstat`, `/proc/${pid}/status`, `/proc/${pid}/schedstat`]);
      opened.length = 0;
      const started = Number(await run('sleep 60 & echo $!'));
      tree.look(300);
      expect(pidsOf(tree)).toEqual([pid, started].toSorted());
      const others = new RegExp(`^/proc/(?!loadavg|${pid}/|${started}/)`);
      expect(opened.filter((path) => others.test(path))).toEqual([]);
      await run(`kill ${started}`);
    } finally {
      watched.mockRestore();
      tree.close();
    }
  });
});
