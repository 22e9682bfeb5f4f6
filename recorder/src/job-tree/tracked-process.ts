// One process of the job, with its descriptors kept open. They belong to that very process: when it has ended they answer ESRCH.
import { constants } from 'node:fs';
import { KernelFile, scratch } from '../sampling/kernel-file.js';
import { emptyMemory, type ProcessMemory, readName, readStatus } from './process-files.js';
import type { ProcessId } from './process-id.js';

export interface TrackedProcess extends ProcessId {
  /** Who had started it, when it was first seen. */
  readonly parent: number;
  readonly memory: ProcessMemory;
  /** VmHWM at the tick before, KiB; NaN before the first, 0 when it was reset after that tick. */
  hwmBefore: number;
  /** The highest known since the tick before, KiB, never below its RSS; NaN while it has no memory. */
  peakKib: number;
  readonly status: KernelFile;
  /** By thread id: task/TID/children. */
  readonly children: Map<number, KernelFile>;
  threadsListed: number;
  /** `memory.sleeps` when it was last asked for children and slept; NaN when it did not sleep. */
  askedAtSleep: number;
  /** /proc/PID/clear_refs; opened when first written. */
  readonly clearRefs: KernelFile;
  /** The first `nameLength` bytes are its name, which changes when it runs another program. */
  readonly name: Buffer;
  nameLength: number;
}

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
    status: new KernelFile(`${proc}/${pid}/status`),
    children: new Map([[pid, childrenFile(proc, pid, pid)]]),
    threadsListed: 1,
    askedAtSleep: Number.NaN,
    clearRefs: new KernelFile(`${proc}/${pid}/clear_refs`, constants.O_WRONLY),
    name: Buffer.alloc(64),
    nameLength: 0,
  };
}

/** What the kernel calls the children of one thread. Linux 3.5 and later, with CONFIG_PROC_CHILDREN. */
export function childrenFile(proc: string, pid: number, tid: number): KernelFile {
  return new KernelFile(`${proc}/${pid}/task/${tid}/children`);
}

/** Brings its memory and name up to date; false when it has ended. */
export function readMemory(process: TrackedProcess): boolean {
  try {
    const length = process.status.read();
    readStatus(scratch, length, process.memory);
    process.nameLength = readName(scratch, length, process.name);
    return length > 0;
  } catch {
    return false;
  }
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
  process.clearRefs.close();
  for (const file of process.children.values()) file.close();
}
