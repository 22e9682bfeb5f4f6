// Every column that a recording can have, in the order in which files write them: name, unit, words, source.
// A name is scope_quantity_unit; a reader that meets a name which is not here takes the unit from its end (units.ts).

export type Scope = 'machine' | 'container' | 'job' | 'gpu' | 'recorder';
export type Unit = 'bytes' | 'count' | 'percent' | 'seconds';

export interface Column {
  readonly name: string;
  readonly scope: Scope;
  readonly unit: Unit;
  /** A few words for legends: "Job RSS". */
  readonly label: string;
  /** One sentence: what is counted, and the kernel file that says so. */
  readonly meaning: string;
}

const column = (name: string, unit: Unit, label: string, meaning: string): Column => ({
  name,
  scope: name.slice(0, name.indexOf('_')) as Scope,
  unit,
  label,
  meaning,
});

/** The two clocks that open each row: wall time (RFC 3339, UTC, ms) and monotonic seconds since the start. */
export const CLOCK_COLUMNS = ['time', 'elapsed_s'] as const;

export const COLUMNS: readonly Column[] = [
  column(
    'job_rss_bytes',
    'bytes',
    'Job RSS',
    'Resident memory of the job and its descendants, summed (VmRSS in /proc/PID/status). Pages that processes share count once for each: an upper bound.',
  ),
  column(
    'job_peak_bytes',
    'bytes',
    'Job peak',
    'The highest resident memory known to have been reached since the sample before (VmHWM in /proc/PID/status), never below job_rss_bytes. Over several processes a sum of their peaks: an upper bound.',
  ),
  column(
    'job_swap_bytes',
    'bytes',
    'Job swap',
    'Swapped-out memory of the job and its descendants, summed (VmSwap in /proc/PID/status).',
  ),
  column('job_processes', 'count', 'Job processes', 'How many processes the job had at this sample.'),
  column(
    'container_current_bytes',
    'bytes',
    'Container',
    'Memory charged to the cgroup, page cache included (memory.current; memory.usage_in_bytes in v1).',
  ),
  column(
    'container_peak_bytes',
    'bytes',
    'Container peak',
    'The highest charge known to have been reached since the sample before (memory.peak; memory.max_usage_in_bytes in v1), never below container_current_bytes.',
  ),
  column(
    'container_limit_bytes',
    'bytes',
    'Container limit',
    'The lowest limit among the cgroup and its ancestors (memory.max; memory.limit_in_bytes in v1). Empty where nothing limits it.',
  ),
  column(
    'container_anon_bytes',
    'bytes',
    'Container anonymous',
    'Anonymous memory of the cgroup: heaps, stacks, private mappings (anon in memory.stat; total_rss in v1).',
  ),
  column(
    'container_file_bytes',
    'bytes',
    'Container file cache',
    'Page cache charged to the cgroup, which the kernel can take back (file in memory.stat; total_cache in v1).',
  ),
  column(
    'container_oom_kills',
    'count',
    'Container OOM kills',
    'Processes of the cgroup that the kernel killed for want of memory (oom_kill in memory.events; memory.oom_control in v1).',
  ),
  column(
    'machine_used_bytes',
    'bytes',
    'Machine used',
    'Memory in use on the whole machine (MemTotal - MemAvailable in /proc/meminfo).',
  ),
  column(
    'machine_available_bytes',
    'bytes',
    'Machine available',
    'What the kernel thinks a new program could get without swapping (MemAvailable in /proc/meminfo; absent before Linux 3.14).',
  ),
  column(
    'machine_cached_bytes',
    'bytes',
    'Machine file cache',
    'Page cache of the whole machine (Cached in /proc/meminfo).',
  ),
  column(
    'machine_swap_used_bytes',
    'bytes',
    'Machine swap used',
    'Swap in use (SwapTotal - SwapFree in /proc/meminfo).',
  ),
  column(
    'machine_pressure_some_pct',
    'percent',
    'Memory pressure',
    'Share of the last 10 s in which some task waited for memory (some avg10 in /proc/pressure/memory).',
  ),
  column(
    'job_pss_bytes',
    'bytes',
    'Job PSS',
    'Proportional memory of the job: a page that N processes share counts 1/N for each, so the sum counts it once (Pss in /proc/PID/smaps_rollup). Read at a slower rate: the cells between are empty.',
  ),
  column(
    'job_anon_bytes',
    'bytes',
    'Job anonymous',
    'The part of Job RSS that is heaps, stacks and private mappings (RssAnon in /proc/PID/status; since Linux 4.5).',
  ),
  column(
    'job_file_bytes',
    'bytes',
    'Job files',
    'The part of Job RSS that is pages of mapped files, which the kernel can take back (RssFile in /proc/PID/status; since Linux 4.5).',
  ),
  column(
    'job_shmem_bytes',
    'bytes',
    'Job shared memory',
    'The part of Job RSS that is shared memory and tmpfs (RssShmem in /proc/PID/status; since Linux 4.5).',
  ),
  column(
    'gpu_used_bytes',
    'bytes',
    'GPU memory',
    'Memory in use on all NVIDIA cards, by whomever (memory.used of nvidia-smi). Asked every two seconds at most: the cells between are empty.',
  ),
  column('gpu_total_bytes', 'bytes', 'GPU memory there is', 'Memory of all NVIDIA cards (memory.total of nvidia-smi).'),
  column(
    'gpu_job_bytes',
    'bytes',
    'Job on GPU',
    "Memory that the job's processes hold on all NVIDIA cards (used_gpu_memory of nvidia-smi's compute apps). Empty where the driver's pids are not those seen here, as in a container.",
  ),
  ...Array.from({ length: 16 }, (_, card) =>
    column(
      `gpu_${card}_used_bytes`,
      'bytes',
      `GPU ${card} memory`,
      `Memory in use on card ${card} (memory.used of nvidia-smi); there where the machine has several.`,
    ),
  ),
  column(
    'recorder_cpu_pct',
    'percent',
    'Recorder CPU',
    'CPU that the recorder itself took since its reading before, of one core (--own-cost). Read every two seconds: the cells between are empty.',
  ),
  column(
    'recorder_rss_bytes',
    'bytes',
    'Recorder RSS',
    'Resident memory of the recorder itself (--own-cost). Read every two seconds: the cells between are empty.',
  ),
];

const BY_NAME: ReadonlyMap<string, Column> = new Map(COLUMNS.map((c) => [c.name, c]));

/** The definition of one of our own columns; undefined for a name from elsewhere. */
export function columnNamed(name: string): Column | undefined {
  return BY_NAME.get(name);
}
