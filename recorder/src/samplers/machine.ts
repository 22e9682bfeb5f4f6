// Memory of the whole machine, from /proc/meminfo. Linux.
import { existsSync } from 'node:fs';
import { KernelFile, scratch } from '../sampling/kernel-file.js';
import { field, fieldNumber } from '../sampling/numbers.js';
import { recordedColumn, type SamplerMaker } from './sampler.js';

const MEM_TOTAL = field('MemTotal:');
const MEM_AVAILABLE = field('MemAvailable:');
const CACHED = field('Cached:');
const SWAP_TOTAL = field('SwapTotal:');
const SWAP_FREE = field('SwapFree:');

export const machine: SamplerMaker = ({ roots }) => {
  const path = `${roots.proc}/meminfo`;
  if (!existsSync(path)) return null;
  const file = new KernelFile(path);
  return {
    name: 'machine',
    columns: [
      recordedColumn('machine_used_bytes', '/proc/meminfo: MemTotal - MemAvailable'),
      recordedColumn('machine_available_bytes', '/proc/meminfo: MemAvailable'),
      recordedColumn('machine_cached_bytes', '/proc/meminfo: Cached'),
      recordedColumn('machine_swap_used_bytes', '/proc/meminfo: SwapTotal - SwapFree'),
    ],
    read(cells, at) {
      readMeminfo(scratch, file.read(), cells, at);
      return 0;
    },
    close: () => file.close(),
  };
};

/** Used, available, cached, swap used. The kernel's "kB" is 1024 bytes; MemAvailable is absent before Linux 3.14 and stays NaN. */
export function readMeminfo(bytes: Buffer, length: number, cells: Float64Array, at: number): void {
  const total = fieldNumber(bytes, length, MEM_TOTAL) * 1024;
  const available = fieldNumber(bytes, length, MEM_AVAILABLE) * 1024;
  cells[at] = total - available;
  cells[at + 1] = available;
  cells[at + 2] = fieldNumber(bytes, length, CACHED) * 1024;
  cells[at + 3] = (fieldNumber(bytes, length, SWAP_TOTAL) - fieldNumber(bytes, length, SWAP_FREE)) * 1024;
}
