// The processes of a job: the one that we started or were told to follow, and all that it and its children start.
//
// A process is its pid and its start time. The descriptors kept here belong to that process alone: when it ends they answer ESRCH, also when
// its pid is given to another. A descendant stays the job's when its parent ends before it.
//
// Who forked since the last look is asked of as few files as possible: nobody when none of the job has run since (tracked-process.ts), or the newest pid of the
// machine is still the same; then only those that have run, and once in WIDE_LOOK_MS all of the job. The machine's other processes are never looked at, however many there are,
// except where the kernel has no `children` files: there all of /proc is read, once in WIDE_LOOK_MS.
//
// Not seen: a process that starts, starts another and ends, all between two looks. A child of a thread beyond THREADS_EACH_TICK is seen up to
// WIDE_LOOK_MS late. What is not seen here still counts in the container's columns.
import { existsSync, readdirSync } from 'node:fs';
import { errorCode, KernelFile, scratch } from '../sampling/kernel-file.js';
import { eachChild, lastNumber } from './process-files.js';
import { isAlive, type ProcessId, startOf } from './process-id.js';
import { parentsOfAll } from './scan.js';
import {
  childrenFile,
  closeProcess,
  hasSleptSinceAsked,
  openProcess,
  readMemory,
  type TrackedProcess,
} from './tracked-process.js';

/** How many threads of one process are asked for children in every tick that saw a fork. */
const THREADS_EACH_TICK = 32;
/** How often the threads beyond that are asked, and how often all of /proc is read where the kernel has no `children` files. */
const WIDE_LOOK_MS = 1000;
/** To /proc/PID/clear_refs: the kernel sets VmHWM back to the VmRSS of now, and does nothing else. Linux 4.0 and later. */
const RESET_HWM = Buffer.from('5');

export class JobTree {
  readonly #proc: string;
  readonly #processes = new Map<number, TrackedProcess>();
  /** The same, oldest first: walked many times a tick, and a walk along a Map makes an object for each. */
  readonly #list: TrackedProcess[] = [];
  readonly #loadavg: KernelFile;
  readonly #hasChildren: boolean;
  /** The pid that was last asked for, also where there is no /proc to know it by. */
  wanted: number | null = null;
  #root: ProcessId | null = null;
  #rootEnded = false;
  /** The text of /proc/loadavg ends with the newest pid: while it stays, nobody forked. */
  #newestPid = Number.NaN;
  #newestAt = Number.NEGATIVE_INFINITY;
  #wideLookAt = Number.NEGATIVE_INFINITY;
  #owesWideLook = false;

  #changes = 0;
  #losses = 0;

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
    const process = this.#add(pid, Number.NEGATIVE_INFINITY);
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

  /** The live processes as of the last `look`, walked until the next one. Those that are dead but not yet reaped have `memory.zombie`. */
  processes(): readonly TrackedProcess[] {
    return this.#list;
  }

  /** Rises whenever something of some process was read or worked out anew, or one came or went: while it is the same, all of them are as they were. */
  get changes(): number {
    return this.#changes;
  }

  /** How many processes have ended, as far as was seen: those without memory of their own any more, reaped or not. */
  get losses(): number {
    return this.#losses;
  }

  /** Something that is kept with the processes (`peakKib`) was worked out anew. */
  reckoned(): void {
    this.#changes++;
  }

  /** Brings the set and each one's memory up to date. A process that vanishes on the way is no error. */
  look(elapsedMs: number): void {
    if (this.#root === null) return;
    let awake = false;
    for (let i = 0; i < this.#list.length; ) {
      const process = this.#list[i]!;
      const held = process.memory.rssKib;
      if (readMemory(process, elapsedMs)) {
        if (process.readMs === elapsedMs) this.#changes++;
        if (Number.isNaN(process.memory.rssKib) && !Number.isNaN(held)) this.#losses++;
        awake ||= !hasSleptSinceAsked(process);
        i++;
      } else this.#drop(process);
    }
    // Only now: what was just read tells who cannot have forked. A child that is found is read at once.
    if (this.#forkedSince(elapsedMs, awake)) this.#findChildren(elapsedMs);
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
      // What was read before is no longer so, whether it runs or not.
      process.calm = false;
      return true;
    } catch (error) {
      if (['ESRCH', 'ENOENT'].includes(errorCode(error)) && !isAlive(this.#proc, process)) return false;
      throw error;
    }
  }

  close(): void {
    while (this.#list.length > 0) this.#drop(this.#list.at(-1)!);
    this.#loadavg.close();
  }

  /** `awake`: some process has run since it was last asked. Where none has, none has forked; what that misses is looked for once in WIDE_LOOK_MS. */
  #forkedSince(elapsedMs: number, awake: boolean): boolean {
    if (!awake && elapsedMs - this.#newestAt < WIDE_LOOK_MS) return false;
    this.#newestAt = elapsedMs;
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
      if (wide) this.#scanAll(elapsedMs);
      else this.#owesWideLook = true;
      return;
    }
    // Found children are appended to the list and so walked in the same pass.
    for (const process of this.#list) {
      if (!wide && hasSleptSinceAsked(process)) {
        this.#owesWideLook = true;
        continue;
      }
      if (
        process.memory.threads !== process.threadsListed &&
        (process.memory.threads > 1 || process.threadsListed > 1)
      ) {
        this.#listThreads(process);
      }
      process.askedAtSleep = process.memory.sleeping ? process.memory.sleeps : Number.NaN;
      let asked = 0;
      for (const [tid, file] of process.children) {
        if (++asked > THREADS_EACH_TICK && !wide) {
          this.#owesWideLook = true;
          break;
        }
        this.#addChildren(process, tid, file, asked <= THREADS_EACH_TICK, elapsedMs);
      }
    }
  }

  #addChildren(process: TrackedProcess, tid: number, file: KernelFile, keep: boolean, elapsedMs: number): void {
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
      for (const pid of found) if (!this.#processes.has(pid)) this.#add(pid, elapsedMs);
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
        if (!process.children.has(tid)) process.children.set(tid, childrenFile(this.#proc, process.pid, tid));
      }
      process.threadsListed = process.memory.threads;
    } catch {
      // It ended: reading its memory will tell.
    }
  }

  /** Where the kernel has no `children` files (CONFIG_PROC_CHILDREN): every process names its parent. */
  #scanAll(elapsedMs: number): void {
    const parents = parentsOfAll(this.#proc, (pid) => this.#processes.has(pid));
    for (let found = true; found; ) {
      found = false;
      for (const [pid, parent] of parents) {
        if (!this.#processes.has(parent)) continue;
        parents.delete(pid);
        if (this.#add(pid, elapsedMs) !== null) found = true;
      }
    }
  }

  #add(pid: number, elapsedMs: number): TrackedProcess | null {
    const id = startOf(this.#proc, pid);
    // Older than the job: the pid was given away between the list and the look.
    if (id === null || (this.#root !== null && id.start < this.#root.start)) return null;
    const process = openProcess(this.#proc, { pid, start: id.start }, id.parent);
    this.#processes.set(pid, process);
    this.#list.push(process);
    this.#changes++;
    // The thread count is needed before its children are looked for.
    if (!readMemory(process, elapsedMs)) {
      this.#drop(process);
      return null;
    }
    return process;
  }

  #drop(process: TrackedProcess): void {
    closeProcess(process);
    this.#processes.delete(process.pid);
    this.#changes++;
    if (!Number.isNaN(process.memory.rssKib)) this.#losses++;
    this.#list.splice(this.#list.lastIndexOf(process), 1);
  }
}
