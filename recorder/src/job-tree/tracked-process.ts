// One process of the job, with its descriptors kept open. They belong to that very process: when it has ended they answer ESRCH. Beyond what may be kept open (open-files.ts)
// they are opened by its pid each time: whoever got that pid between two readings is then taken for it.
import { constants } from 'node:fs';
import { KernelFile, scratch, scratchWords, WatchedFile } from '../sampling/kernel-file.js';
import { emptyMemory, type ProcessMemory, readName, readStatus } from './process-files.js';
import type { ProcessId } from './process-id.js';

const ZERO = 0x30;
/** Words of its status in which a usual name stands whole: "Name:\t", 15 letters and perhaps an escape, the newline. */
const HEAD = 6;
const NAME_IN_HEAD = 4 * HEAD - 'Name:\t\n'.length;

export interface TrackedProcess extends ProcessId {
  /** Who had started it, when it was first seen. */
  readonly parent: number;
  readonly memory: ProcessMemory;
  /** VmHWM at the tick before, KiB; NaN before the first, 0 when it was reset after that tick. */
  hwmBefore: number;
  /** The highest known since the tick before, KiB, never below its RSS; NaN while it has no memory. */
  peakKib: number;
  readonly status: KernelFile;
  /** /proc/PID/schedstat: how long its first thread has run, how long it waited, how often it was given a core. */
  readonly ran: WatchedFile;
  /** /proc/PID/statm: its pages. */
  readonly pages: WatchedFile;
  /** Its only thread slept at the last two readings of its status, and did not run between: it is worth asking `ran` first. */
  calm: boolean;
  /** When its status was read last, and when it or `pages` was; ms since the start, NaN before the first. */
  readMs: number;
  lookedMs: number;
  /** By thread id: task/TID/children. */
  readonly children: Map<number, KernelFile>;
  threadsListed: number;
  /** `memory.sleeps` when it was last asked for children and slept; NaN when it did not sleep. */
  askedAtSleep: number;
  /** /proc/PID/clear_refs; opened when first written. */
  readonly clearRefs: KernelFile;
  /** The first `nameLength` bytes are its name. They are never changed: another program's name is another buffer. */
  name: Buffer;
  nameLength: number;
  /** How its status began when the name was read, in words of four bytes. */
  readonly head: Int32Array;
}

/** What sleeps does not change its own memory, but the kernel may take pages from it: whether it did is asked this often. */
const PAGES_EVERY_MS = 1000;
/** And its status is read this often, whatever all else says. */
const STATUS_EVERY_MS = 10_000;

/** Opens nothing yet: each file is opened when it is first read. */
export function openProcess(proc: string, id: ProcessId, parent: number): TrackedProcess {
  const { pid, start } = id;
  return {
    pid,
    start,
    parent,
    memory: emptyMemory(),
    hwmBefore: Number.NaN,
    peakKib: Number.NaN,
    status: new KernelFile(`${proc}/${pid}/status`, constants.O_RDONLY, true),
    ran: new WatchedFile(`${proc}/${pid}/schedstat`),
    pages: new WatchedFile(`${proc}/${pid}/statm`),
    calm: false,
    readMs: Number.NaN,
    lookedMs: Number.NaN,
    children: new Map([[pid, childrenFile(proc, pid, pid)]]),
    threadsListed: 1,
    askedAtSleep: Number.NaN,
    clearRefs: new KernelFile(`${proc}/${pid}/clear_refs`, constants.O_WRONLY, true),
    name: Buffer.alloc(64),
    nameLength: 0,
    head: new Int32Array(HEAD),
  };
}

/** What the kernel calls the children of one thread. Linux 3.5 and later, with CONFIG_PROC_CHILDREN. */
export function childrenFile(proc: string, pid: number, tid: number): KernelFile {
  return new KernelFile(`${proc}/${pid}/task/${tid}/children`, constants.O_RDONLY, true);
}

/**
 * Brings its memory and name up to date; false when it has ended.
 *
 * One that has slept for some time is only asked whether it has run since: that takes a fifth of what its status takes. Nothing is lost by it, for what does not
 * run neither grows nor reaches a new VmHWM. Only what is done to it while it sleeps (reclaim, swap) is seen up to PAGES_EVERY_MS later.
 */
export function readMemory(process: TrackedProcess, elapsedMs: number): boolean {
  try {
    // Before its status: what it does from here on changes the answer of the next time.
    if (process.calm && hasNotRun(process) && isAsItWas(process, elapsedMs)) return true;
    const { memory } = process;
    const sleepsThen = memory.sleeps;
    const length = process.status.read();
    readStatus(scratch, length, memory);
    if (!beginsTheSame(process)) readName(scratch, length, process);
    process.readMs = elapsedMs;
    process.lookedMs = elapsedMs;
    process.calm = memory.sleeping && memory.threads === 1 && memory.sleeps === sleepsThen;
    if (!process.calm) process.ran.forget();
    return length > 0;
  } catch {
    return false;
  }
}

/** Names change seldom: told by a few words, not letter by letter. */
function beginsTheSame({ head, nameLength }: TrackedProcess): boolean {
  let same = nameLength <= NAME_IN_HEAD;
  for (let i = 0; i < HEAD; i++) {
    if (head[i] === scratchWords[i]) continue;
    head[i] = scratchWords[i]!;
    same = false;
  }
  return same;
}

/** False when it cannot be told: the process has ended, or a kernel without CONFIG_SCHED_INFO. */
function hasNotRun({ ran }: TrackedProcess): boolean {
  try {
    // "0 0 0" is the answer of a kernel that does not count.
    return ran.isSame() && scratch[0] !== ZERO;
  } catch {
    ran.forget();
    return false;
  }
}

function isAsItWas(process: TrackedProcess, elapsedMs: number): boolean {
  if (elapsedMs - process.lookedMs < PAGES_EVERY_MS) return true;
  process.lookedMs = elapsedMs;
  return process.pages.isSame() && elapsedMs - process.readMs < STATUS_EVERY_MS;
}

/**
 * True when it cannot have forked since it was last asked for children: its only thread slept then, sleeps now, and did not go to sleep between.
 *
 * What this misses, a wide look finds: a child that starts a sibling of its own (CLONE_PARENT), a process caught twice at the very edge of sleep.
 */
export function hasSleptSinceAsked({ memory, askedAtSleep }: TrackedProcess): boolean {
  return memory.threads === 1 && memory.sleeping && memory.sleeps === askedAtSleep;
}

export function closeProcess(process: TrackedProcess): void {
  process.status.close();
  process.ran.close();
  process.pages.close();
  process.clearRefs.close();
  for (const file of process.children.values()) file.close();
}
