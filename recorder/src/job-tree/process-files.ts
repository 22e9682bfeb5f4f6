// What /proc says of one process, from bytes. No file is touched here.
import { field, fieldNumber, findField, numberAt } from '../sampling/numbers.js';

const NAME_FROM = 'Name:\t'.length;
/** Bytes: 15 letters, or 63 of a kernel thread, and room for their escapes. */
export const MOST_NAME = 64;
const ZERO = 0x30;
const COLON = 0x3a;
const NEWLINE = 0x0a;
const CAPITAL_A = 0x41;
const CAPITAL_F = 0x46;
const CAPITAL_R = 0x52;
const CAPITAL_S = 0x53;
/** From behind one name to the next line: "\t   12345 kB\n". */
const ROW = 13;
const STATE = field('State:');
const HWM = field('VmHWM:');
const RSS = field('VmRSS:');
const ANON = field('RssAnon:');
const FILE = field('RssFile:');
const SHMEM = field('RssShmem:');
const PSS = field('Pss:');
const SWAP = field('VmSwap:');
const THREADS = field('Threads:');
const SLEEPS = field('voluntary_ctxt_switches:');

/** One reading of /proc/PID/status; reused from tick to tick. KiB, as the kernel says it; NaN where it says nothing. */
export interface ProcessMemory {
  hwmKib: number;
  rssKib: number;
  /** The three parts of rssKib; NaN before Linux 4.5. */
  anonKib: number;
  fileKib: number;
  shmemKib: number;
  swapKib: number;
  threads: number;
  /** Dead but not yet reaped: it has no memory, and its fields are absent. */
  zombie: boolean;
  /** It waits for something at this instant. */
  sleeping: boolean;
  /** How often its first thread went to sleep so far; NaN where the kernel does not say. */
  sleeps: number;
}

const NO_MEMORY = {
  hwmKib: Number.NaN,
  rssKib: Number.NaN,
  anonKib: Number.NaN,
  fileKib: Number.NaN,
  shmemKib: Number.NaN,
  swapKib: Number.NaN,
};

export function emptyMemory(): ProcessMemory {
  return {
    ...NO_MEMORY,
    threads: 1,
    zombie: false,
    sleeping: false,
    sleeps: Number.NaN,
  };
}

/** Fills `into` from the text of /proc/PID/status. A kernel thread has no Vm lines: NaN. */
export function readStatus(bytes: Buffer, length: number, into: ProcessMemory): void {
  let state = findField(bytes, length, STATE);
  while (state >= 0 && state < length && (bytes[state] === 0x09 || bytes[state] === 0x20)) state++;
  into.zombie = state >= 0 && (bytes[state] === 0x5a || bytes[state] === 0x58);
  into.sleeping = state >= 0 && bytes[state] === 0x53;
  // The lines stand in this order: each search goes on where the last one ended.
  const hwm = findField(bytes, length, HWM, Math.max(1, state));
  const from = hwm < 0 ? Math.max(1, state) : hwm;
  if (hwm < 0) Object.assign(into, NO_MEMORY);
  else {
    if (!readRows(bytes, length, hwm, into)) findRows(bytes, length, hwm, into);
    into.swapKib = fieldNumber(bytes, length, SWAP, hwm);
  }
  const threads = fieldNumber(bytes, length, THREADS, from);
  into.threads = Number.isNaN(threads) ? 1 : threads;
  into.sleeps = fieldNumber(bytes, length, SLEEPS, from);
}

/**
 * VmHWM, VmRSS and its three parts where they stand as `task_mem` (fs/proc/task_mmu.c) prints them since Linux 4.5: right behind each other, each number eight
 * wide. `at` is behind "VmHWM:". False for older kernels and above 95 GiB, where each line is found by its name, which takes half as long again.
 */
function readRows(bytes: Buffer, length: number, at: number, into: ProcessMemory): boolean {
  const rss = at + ROW + 'VmRSS:'.length;
  const anon = rss + ROW + 'RssAnon:'.length;
  const file = anon + ROW + 'RssFile:'.length;
  const shmem = file + ROW + 'RssShmem:'.length;
  if (
    shmem + ROW > length ||
    !(bytes[rss - 7] === NEWLINE && bytes[rss - 4] === CAPITAL_R && bytes[rss - 1] === COLON) ||
    !(bytes[anon - 9] === NEWLINE && bytes[anon - 5] === CAPITAL_A && bytes[anon - 1] === COLON) ||
    !(bytes[file - 9] === NEWLINE && bytes[file - 5] === CAPITAL_F && bytes[file - 1] === COLON) ||
    !(bytes[shmem - 10] === NEWLINE && bytes[shmem - 6] === CAPITAL_S && bytes[shmem - 1] === COLON)
  )
    return false;
  into.hwmKib = eightWide(bytes, at);
  into.rssKib = eightWide(bytes, rss);
  into.anonKib = eightWide(bytes, anon);
  into.fileKib = eightWide(bytes, file);
  into.shmemKib = eightWide(bytes, shmem);
  return true;
}

/** The same, each by its name. */
function findRows(bytes: Buffer, length: number, at: number, into: ProcessMemory): void {
  into.hwmKib = numberAt(bytes, length, at);
  into.rssKib = fieldNumber(bytes, length, RSS, at);
  into.anonKib = fieldNumber(bytes, length, ANON, at);
  into.fileKib = fieldNumber(bytes, length, FILE, at);
  into.shmemKib = fieldNumber(bytes, length, SHMEM, at);
}

/** The number in "\t   12345" at `at`: whatever is no digit is a blank. */
function eightWide(bytes: Buffer, at: number): number {
  let value = 0;
  for (let i = at + 1; i <= at + 8; i++) {
    const digit = bytes[i]! - ZERO;
    if (digit >= 0) value = value * 10 + digit;
  }
  return value;
}

/** Pss from the text of /proc/PID/smaps_rollup, KiB; NaN for a process without memory of its own (a kernel thread). */
export function readPss(bytes: Buffer, length: number): number {
  return fieldNumber(bytes, length, PSS);
}

/**
 * The process's name from the first line of /proc/PID/status ("Name:\tpython3"), as the kernel escapes it. A name that is still the same leaves
 * `into.name` alone; another one gets a buffer of its own.
 */
export function readName(bytes: Buffer, length: number, into: { name: Buffer; nameLength: number }): void {
  const { name } = into;
  let same = true;
  let at = NAME_FROM;
  for (let i = 0; at < length && bytes[at] !== 0x0a && i < MOST_NAME; at++, i++)
    if (bytes[at] !== name[i]) same = false;
  const size = at < length ? at - NAME_FROM : 0;
  if (same && size === into.nameLength) return;
  into.name = Buffer.alloc(MOST_NAME);
  into.nameLength = bytes.copy(into.name, 0, NAME_FROM, NAME_FROM + size);
}

/** From /proc/PID/stat: who the parent is (field 4) and when it started, in clock ticks since boot (field 22). Null when cut. */
export function readStat(bytes: Buffer, length: number): { parent: number; start: number; state: string } | null {
  // The name in field 2 may hold spaces and brackets: count from the last bracket.
  const close = bytes.lastIndexOf(0x29, length - 1);
  if (close < 0) return null;
  let at = close + 2;
  const state = String.fromCharCode(bytes[at] ?? 0x3f);
  let parent = Number.NaN;
  for (let number = 3; number < 22; number++) {
    const space = bytes.indexOf(0x20, at);
    if (space < 0 || space >= length) return null;
    at = space + 1;
    if (number === 3) parent = numberAt(bytes, length, at);
  }
  const start = numberAt(bytes, length, at);
  return Number.isNaN(start) ? null : { parent, start, state };
}

/** Calls `each` with every pid in the text of task/TID/children. The kernel ends each with a blank and never cuts one in two. */
export function eachChild(bytes: Buffer, length: number, each: (pid: number) => void): void {
  let value = 0;
  let digits = 0;
  for (let at = 0; at < length; at++) {
    const digit = bytes[at]! - 0x30;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digits++;
    } else if (digits > 0) {
      each(value);
      value = 0;
      digits = 0;
    }
  }
}

/** The last number of a text: the newest pid in /proc/loadavg. */
export function lastNumber(bytes: Buffer, length: number): number {
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
