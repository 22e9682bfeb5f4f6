// The processes of a job: the one that we started or were told to follow, and all that it and its children start.
//
// A process is its pid and its start time. The descriptors kept here belong to that process alone: when it ends they answer ESRCH, also when
// its pid is given to another. A descendant stays the job's when its parent ends before it.
//
// Not seen: a process that starts, starts another and ends, all between two looks. A child of a thread beyond THREADS_EACH_TICK is seen up to
// WIDE_LOOK_MS late. What is not seen here still counts in the container's columns.
import { constants, existsSync, readdirSync } from 'node:fs';
import { errorCode, KernelFile, scratch } from '../sampling/kernel-file.js';
import { eachChild, emptyMemory, type ProcessMemory, readName, readStat, readStatus } from './process-files.js';

/** How many threads of one process are asked for children in every tick that saw a fork. */
const THREADS_EACH_TICK = 32;
/** How often the threads beyond that are asked, and how often all of /proc is read where the kernel has no `children` files. */
const WIDE_LOOK_MS = 1000;
/** To /proc/PID/clear_refs: the kernel sets VmHWM back to the VmRSS of now, and does nothing else. Linux 4.0 and later. */
const RESET_HWM = Buffer.from('5');

export interface ProcessId {
  readonly pid: number;
  /** Clock ticks since boot (field 22 of /proc/PID/stat). */
  readonly start: number;
}

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
  /** /proc/PID/clear_refs; opened when first written. */
  readonly clearRefs: KernelFile;
  /** The first `nameLength` bytes are its name, which changes when it runs another program. */
  readonly name: Buffer;
  nameLength: number;
}

/** The identity of a running process, or null when there is none with this pid (a zombie is none). */
export function identify(proc: string, pid: number): ProcessId | null {
  const found = startOf(proc, pid);
  return found === null ? null : { pid, start: found.start };
}

function startOf(proc: string, pid: number): { start: number; parent: number } | null {
  const file = new KernelFile(`${proc}/${pid}/stat`);
  try {
    const stat = readStat(scratch, file.read());
    return stat === null || stat.state === 'Z' || stat.state === 'X' ? null : stat;
  } catch {
    return null;
  } finally {
    file.close();
  }
}

/** True while that very process runs. */
export function isAlive(proc: string, process: ProcessId): boolean {
  return identify(proc, process.pid)?.start === process.start;
}

export class JobTree {
  readonly #proc: string;
  readonly #processes = new Map<number, TrackedProcess>();
  readonly #loadavg: KernelFile;
  readonly #hasChildren: boolean;
  /** The pid that was last asked for, also where there is no /proc to know it by. */
  wanted: number | null = null;
  #root: ProcessId | null = null;
  #rootEnded = false;
  /** The text of /proc/loadavg ends with the newest pid: while it stays, nobody forked. */
  #newestPid = Number.NaN;
  #wideLookAt = Number.NEGATIVE_INFINITY;
  #owesWideLook = false;

  constructor(proc: string) {
    this.#proc = proc;
    this.#loadavg = new KernelFile(`${proc}/loadavg`);
    this.#hasChildren = existsSync(`${proc}/self/task`)
      ? readdirSync(`${proc}/self/task`).some((tid) => existsSync(`${proc}/self/task/${tid}/children`))
      : true;
  }

  /** Follows this process and its descendants from now on. False when it has ended already. */
  follow(pid: number): boolean {
    this.wanted = pid;
    const process = this.#add(pid);
    if (process === null) return false;
    this.#root = { pid, start: process.start };
    this.#newestPid = Number.NaN;
    return true;
  }

  get root(): ProcessId | null {
    return this.#root;
  }

  /** True once the process that was followed has ended, whatever its descendants do. */
  get ended(): boolean {
    return this.#rootEnded;
  }

  /** The live processes as of the last `look`. Those that are dead but not yet reaped have `memory.zombie`. */
  processes(): IterableIterator<TrackedProcess> {
    return this.#processes.values();
  }

  /** Brings the set and each one's memory up to date. A process that vanishes on the way is no error. */
  look(elapsedMs: number): void {
    if (this.#root === null) return;
    if (this.#forkedSince(elapsedMs)) this.#findChildren(elapsedMs);
    for (const process of this.#processes.values()) {
      if (!this.#readMemory(process)) this.#drop(process);
    }
    const root = this.#processes.get(this.#root.pid);
    this.#rootEnded ||= root === undefined || root.memory.zombie;
  }

  /**
   * Makes the process's VmHWM begin anew. What the job itself and its parent later read as its peak is wiped as well.
   * False when it has ended. Throws the system's error otherwise: EACCES for a process of another user.
   */
  resetPeak(process: TrackedProcess): boolean {
    try {
      process.clearRefs.write(RESET_HWM);
      return true;
    } catch (error) {
      if (['ESRCH', 'ENOENT'].includes(errorCode(error)) && !isAlive(this.#proc, process)) return false;
      throw error;
    }
  }

  close(): void {
    for (const process of this.#processes.values()) this.#drop(process);
    this.#loadavg.close();
  }

  #forkedSince(elapsedMs: number): boolean {
    let newest = Number.NaN;
    try {
      const length = this.#loadavg.read();
      newest = lastNumber(scratch, length);
    } catch {
      // Not a Linux /proc, or hidden: look every time.
    }
    const forked = Number.isNaN(newest) || newest !== this.#newestPid;
    this.#newestPid = newest;
    return forked || (this.#owesWideLook && elapsedMs - this.#wideLookAt >= WIDE_LOOK_MS);
  }

  #findChildren(elapsedMs: number): void {
    const wide = elapsedMs - this.#wideLookAt >= WIDE_LOOK_MS;
    if (wide) this.#wideLookAt = elapsedMs;
    this.#owesWideLook = false;
    if (!this.#hasChildren) {
      if (wide) this.#scanAll();
      else this.#owesWideLook = true;
      return;
    }
    // Found children are appended to the map and so walked in the same pass.
    for (const process of this.#processes.values()) {
      if (
        process.memory.threads !== process.threadsListed &&
        (process.memory.threads > 1 || process.threadsListed > 1)
      ) {
        this.#listThreads(process);
      }
      let asked = 0;
      for (const [tid, file] of process.children) {
        if (++asked > THREADS_EACH_TICK && !wide) {
          this.#owesWideLook = true;
          break;
        }
        this.#addChildren(process, tid, file, asked <= THREADS_EACH_TICK);
      }
    }
  }

  #addChildren(process: TrackedProcess, tid: number, file: KernelFile, keep: boolean): void {
    try {
      let length = file.read();
      let position = 0;
      const found: number[] = [];
      while (length > 0) {
        eachChild(scratch, length, (pid) => found.push(pid));
        position += length;
        // One read brings at most what fits the kernel's page; a short one was all.
        length = length > 2048 ? file.readOn(position) : 0;
      }
      for (const pid of found) if (!this.#processes.has(pid)) this.#add(pid);
      if (!keep) file.close();
    } catch (error) {
      file.close();
      // The thread ended; the process's main thread stays listed, its file is opened again when needed.
      if (tid !== process.pid && errorCode(error) !== 'EMFILE') {
        process.children.delete(tid);
        process.threadsListed = -1;
      }
    }
  }

  #listThreads(process: TrackedProcess): void {
    try {
      const tids = new Set(readdirSync(`${this.#proc}/${process.pid}/task`).map(Number));
      for (const [tid, file] of process.children) {
        if (!tids.has(tid) && tid !== process.pid) {
          file.close();
          process.children.delete(tid);
        }
      }
      for (const tid of tids) {
        if (!process.children.has(tid)) process.children.set(tid, this.#childrenFile(process.pid, tid));
      }
      process.threadsListed = process.memory.threads;
    } catch {
      // It ended: reading its memory will tell.
    }
  }

  /** Where the kernel has no `children` files (CONFIG_PROC_CHILDREN): every process names its parent. */
  #scanAll(): void {
    const parents = new Map<number, number>();
    for (const name of readdirSync(this.#proc)) {
      const pid = Number(name);
      if (!Number.isInteger(pid) || this.#processes.has(pid)) continue;
      const file = new KernelFile(`${this.#proc}/${pid}/stat`);
      try {
        const stat = readStat(scratch, file.read());
        if (stat !== null) parents.set(pid, stat.parent);
      } catch {
        // Ended since the list was made.
      } finally {
        file.close();
      }
    }
    for (let found = true; found; ) {
      found = false;
      for (const [pid, parent] of parents) {
        if (!this.#processes.has(parent)) continue;
        parents.delete(pid);
        if (this.#add(pid) !== null) found = true;
      }
    }
  }

  #add(pid: number): TrackedProcess | null {
    const id = startOf(this.#proc, pid);
    // Older than the job: the pid was given away between the list and the look.
    if (id === null || (this.#root !== null && id.start < this.#root.start)) return null;
    const process: TrackedProcess = {
      pid,
      start: id.start,
      parent: id.parent,
      memory: emptyMemory(),
      hwmBefore: Number.NaN,
      peakKib: Number.NaN,
      status: new KernelFile(`${this.#proc}/${pid}/status`),
      children: new Map([[pid, this.#childrenFile(pid, pid)]]),
      threadsListed: 1,
      clearRefs: new KernelFile(`${this.#proc}/${pid}/clear_refs`, constants.O_WRONLY),
      name: Buffer.alloc(64),
      nameLength: 0,
    };
    this.#processes.set(pid, process);
    // The thread count is needed before its children are looked for.
    if (!this.#readMemory(process)) {
      this.#drop(process);
      return null;
    }
    return process;
  }

  #childrenFile(pid: number, tid: number): KernelFile {
    return new KernelFile(`${this.#proc}/${pid}/task/${tid}/children`);
  }

  #readMemory(process: TrackedProcess): boolean {
    try {
      const length = process.status.read();
      readStatus(scratch, length, process.memory);
      process.nameLength = readName(scratch, length, process.name);
      return length > 0;
    } catch {
      return false;
    }
  }

  #drop(process: TrackedProcess): void {
    process.status.close();
    process.clearRefs.close();
    for (const file of process.children.values()) file.close();
    this.#processes.delete(process.pid);
  }
}

/** The last number of a text: the newest pid in /proc/loadavg. */
function lastNumber(bytes: Buffer, length: number): number {
  let end = length;
  while (end > 0 && (bytes[end - 1]! < 0x30 || bytes[end - 1]! > 0x39)) end--;
  let value = 0;
  let scale = 1;
  for (let at = end - 1; at >= 0; at--, scale *= 10) {
    const digit = bytes[at]! - 0x30;
    if (digit < 0 || digit > 9) break;
    value += digit * scale;
  }
  return end === 0 ? Number.NaN : value;
}
