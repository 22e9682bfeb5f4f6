// What each thing measured is, in one sentence with its source: for the page's help and for docs/quantities.md, which a test
// holds against this list. columns.ts has the columns themselves, one by one.
import { COLUMNS } from './columns.js';

export interface Quantity {
  readonly id: string;
  /** The field's name for it. */
  readonly name: string;
  /** One sentence: what is counted, and what to make of it. */
  readonly says: string;
  /** The file or program that tells it. */
  readonly source: string;
  /** Our own columns that hold it; none for what a program prints of itself. */
  readonly columns: readonly string[];
}

/** In the order in which a newcomer meets them. */
export const QUANTITIES: readonly Quantity[] = [
  {
    id: 'rss',
    name: 'RSS',
    says: 'Resident memory: what the job’s processes have in RAM now, where a page that several share counts once for each, so that the sum is an upper bound.',
    source: 'VmRSS in /proc/PID/status',
    columns: ['job_rss_bytes'],
  },
  {
    id: 'peak',
    name: 'Peak',
    says: 'The highest value known to have been reached since the sample before, which the kernel notes even between samples: the band above a line.',
    source: 'VmHWM in /proc/PID/status; memory.peak of the cgroup (memory.max_usage_in_bytes in v1)',
    columns: ['job_peak_bytes', 'container_peak_bytes'],
  },
  {
    id: 'pss',
    name: 'PSS',
    says: 'Resident memory in which a page that N processes share counts 1/N for each, so that the sum over the job counts it once.',
    source: 'Pss in /proc/PID/smaps_rollup',
    columns: ['job_pss_bytes'],
  },
  {
    id: 'rss-parts',
    name: 'Anonymous, files, shared',
    says: 'The parts of RSS: heaps and stacks, pages of mapped files that the kernel can take back, and shared memory.',
    source: 'RssAnon, RssFile, RssShmem in /proc/PID/status',
    columns: ['job_anon_bytes', 'job_file_bytes', 'job_shmem_bytes'],
  },
  {
    id: 'charge',
    name: 'Charge',
    says: 'All memory that the kernel puts on the container’s account, page cache of the files it used included: what the limit is held against.',
    source: 'memory.current of the cgroup (memory.usage_in_bytes in v1)',
    columns: ['container_current_bytes'],
  },
  {
    id: 'charge-parts',
    name: 'Container anonymous, file cache',
    says: 'The parts of the charge: what only the processes can give back, and page cache that the kernel takes back when room gets scarce.',
    source: 'anon and file in memory.stat of the cgroup (total_rss and total_cache in v1)',
    columns: ['container_anon_bytes', 'container_file_bytes'],
  },
  {
    id: 'limit',
    name: 'Limit',
    says: 'The most that the container may be charged, the lowest among its cgroup and those above it: past it the kernel kills.',
    source: 'memory.max of the cgroup (memory.limit_in_bytes in v1)',
    columns: ['container_limit_bytes'],
  },
  {
    id: 'oom-kills',
    name: 'OOM kills',
    says: 'Processes of the container that the kernel killed for want of memory: the one sure sign of such a kill.',
    source: 'oom_kill in memory.events of the cgroup (memory.oom_control in v1)',
    columns: ['container_oom_kills'],
  },
  {
    id: 'available',
    name: 'MemAvailable',
    says: 'What the kernel thinks a new program could get without swapping; the machine’s total less this is shown as used.',
    source: 'MemAvailable and MemTotal in /proc/meminfo',
    columns: ['machine_used_bytes', 'machine_available_bytes'],
  },
  {
    id: 'cached',
    name: 'Machine file cache',
    says: 'File contents that the whole machine keeps in RAM, most of which can be taken back at once.',
    source: 'Cached in /proc/meminfo',
    columns: ['machine_cached_bytes'],
  },
  {
    id: 'swap',
    name: 'Swap',
    says: 'Memory moved from RAM to disk: it no longer counts as RSS, so a job that is swapped out seems to shrink.',
    source: 'VmSwap in /proc/PID/status; SwapTotal - SwapFree in /proc/meminfo',
    columns: ['job_swap_bytes', 'machine_swap_used_bytes'],
  },
  {
    id: 'pressure',
    name: 'Pressure (PSI)',
    says: 'Share of the last ten seconds in which some task stood still because it waited for memory: above 0 is trouble before a kill.',
    source: 'some avg10 in /proc/pressure/memory',
    columns: ['machine_pressure_some_pct'],
  },
  {
    id: 'heap',
    name: 'Heap figures',
    says: 'What the program’s own allocator or collector counts, as it printed it: what is charged beyond it is kept back, fragmented, or outside its count.',
    source: 'the log: V8, Go, JVM, tracemalloc, [MEMORY] lines, or a pattern of your own (--series)',
    columns: [],
  },
  {
    id: 'gpu',
    name: 'GPU memory',
    says: 'Memory on the NVIDIA cards, in use by whomever or by the job’s own processes; it is apart from RAM and from every other line.',
    source: 'memory.used, memory.total and used_gpu_memory of nvidia-smi',
    columns: COLUMNS.filter(({ scope }) => scope === 'gpu').map(({ name }) => name),
  },
  {
    id: 'processes',
    name: 'Processes',
    says: 'How many processes the job had at each sample, its descendants included.',
    source: '/proc/PID/task/TID/children',
    columns: ['job_processes'],
  },
  {
    id: 'recorder',
    name: 'Recorder',
    says: 'What the recorder itself takes: its CPU since its reading before, as a share of one core, and its resident memory.',
    source: 'getrusage and /proc/self/stat of the recorder (--own-cost)',
    columns: ['recorder_cpu_pct', 'recorder_rss_bytes'],
  },
];

/** What one of our own columns holds; undefined for a column from elsewhere. */
export function quantityOf(column: string): Quantity | undefined {
  return QUANTITIES.find(({ columns }) => columns.includes(column));
}
