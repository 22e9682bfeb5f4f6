// A real job that takes known sizes of each kind, one after the other: what the columns say must rise by just that.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { JobTree } from '../job-tree/job-tree.js';
import { job } from './job.js';
import { REAL_ROOTS } from './sampler.js';

const MIB = 1024 * 1024;
/** The kernel counts pages per CPU before it adds them up, and the job's interpreter needs some of its own. */
const TOLERANCE_MIB = 1;

/** At each line that it reads: 64 MiB anonymous, then 32 MiB of a mapped file, then 16 MiB shared. */
const PROGRAM = `import mmap, os, sys, tempfile
def touch(m, size):
    for i in range(0, size, 4096): m[i]
def step(word):
    print(word, flush=True); sys.stdin.readline()
f = tempfile.TemporaryFile(dir=os.getcwd()); f.write(bytes(32 << 20)); f.flush()
step("start")
anon = mmap.mmap(-1, 64 << 20, flags=mmap.MAP_PRIVATE)
for i in range(0, 64 << 20, 4096): anon[i] = 1
step("anon")
file = mmap.mmap(f.fileno(), 32 << 20, prot=mmap.PROT_READ); touch(file, 32 << 20)
step("file")
shared = mmap.mmap(-1, 16 << 20)
for i in range(0, 16 << 20, 4096): shared[i] = 1
step("shmem")
sys.exit(0)`;

let child: ChildProcess | null = null;
afterEach(() => child?.kill('SIGKILL'));

test.skipIf(process.platform !== 'linux')(
  '64 MiB anonymous, 32 of a file, 16 shared: each in its column, all in RSS',
  async () => {
    child = spawn('python3', ['-c', PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] });
    const words = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    const tree = new JobTree('/proc');
    tree.follow(child.pid ?? 0);
    const sampler = job({ roots: REAL_ROOTS, tree, group: null })!;
    let tick = 0;
    const next = async (word: string): Promise<Record<string, number>> => {
      expect((await words.next()).value).toBe(word);
      const cells = new Float64Array(sampler.columns.length);
      sampler.read(cells, 0, 100 * tick++);
      child?.stdin?.write('\n');
      return Object.fromEntries(sampler.columns.map(({ name }, i) => [name, cells[i]! / MIB]));
    };
    let before = await next('start');
    for (const [kind, mib] of [
      ['anon', 64],
      ['file', 32],
      ['shmem', 16],
    ] as const) {
      const after = await next(kind);
      const rise = (name: string): number => after[name]! - before[name]!;
      for (const part of ['anon', 'file', 'shmem']) {
        expect(Math.abs(rise(`job_${part}_bytes`) - (part === kind ? mib : 0)), `${part} at ${kind}`).toBeLessThan(
          TOLERANCE_MIB,
        );
      }
      expect(Math.abs(rise('job_rss_bytes') - mib)).toBeLessThan(TOLERANCE_MIB);
      expect(after.job_peak_bytes).toBeGreaterThanOrEqual(after.job_rss_bytes!);
      before = after;
    }
    sampler.close();
  },
);
