// Where there is no /proc (macOS, BSD, Windows): the machine and the job through systeminformation.
//
// It answers late and from caches, and asking costs much: it is asked at a slower rate of its own, and each answer fills one row only.
// The peak of a process is not to be had this way.
import type { JobTree } from '../job-tree/job-tree.js';
import { recordedColumn, type Sampler } from './sampler.js';

const MACHINE_EVERY_MS = 500;
const JOB_EVERY_MS = 2000;

const MACHINE = ['machine_used_bytes', 'machine_available_bytes', 'machine_cached_bytes', 'machine_swap_used_bytes'];
const JOB = ['job_rss_bytes', 'job_processes'];

type Library = typeof import('systeminformation');

export function elsewhere(
  tree: JobTree | null,
  load: () => Promise<Library> = () => import('systeminformation'),
): Sampler {
  const names = tree === null ? MACHINE : [...MACHINE, ...JOB];
  const fresh = new Float64Array(names.length).fill(Number.NaN);
  const machine = slowly(MACHINE_EVERY_MS, async () => {
    const memory = await (await load()).mem();
    fresh.set([memory.total - memory.available, memory.available, memory.cached, memory.swapused]);
  });
  const job = slowly(JOB_EVERY_MS, async () => {
    const root = tree?.wanted ?? null;
    if (root === null) return;
    const { list } = await (await load()).processes();
    const family = new Set([root]);
    // Parents may stand behind their children in the list.
    for (let before = -1; before !== family.size; ) {
      before = family.size;
      for (const process of list) if (family.has(process.parentPid)) family.add(process.pid);
    }
    const members = list.filter((process) => family.has(process.pid));
    if (members.length === 0) return;
    // memRss is in KiB.
    fresh.set([members.reduce((sum, process) => sum + process.memRss * 1024, 0), members.length], MACHINE.length);
  });
  return {
    name: 'elsewhere',
    columns: names.map((name) =>
      recordedColumn(name, `systeminformation: ${name.startsWith('job') ? 'processes()' : 'mem()'}`),
    ),
    read(cells, at, elapsedMs) {
      cells.set(fresh, at);
      fresh.fill(Number.NaN);
      machine(elapsedMs);
      if (tree !== null) job(elapsedMs);
      return 0;
    },
    close() {},
  };
}

/** Asks at most once in `everyMs`, and never while the last answer is still awaited. Throws the last failure at the next call. */
function slowly(everyMs: number, ask: () => Promise<void>): (elapsedMs: number) => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  let asking = false;
  let failure: unknown = null;
  return (elapsedMs) => {
    if (failure !== null) {
      const error = failure;
      failure = null;
      throw error;
    }
    if (asking || elapsedMs - lastMs < everyMs) return;
    asking = true;
    lastMs = elapsedMs;
    ask()
      .catch((error: unknown) => {
        failure = error;
      })
      .finally(() => {
        asking = false;
      });
  };
}
