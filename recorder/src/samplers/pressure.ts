// How much of the time tasks waited for memory (PSI), from /proc/pressure/memory. Linux 4.20 and later, where it is switched on.
import { KernelFile, scratch } from '../sampling/kernel-file.js';
import { decimalAt, field, findField } from '../sampling/numbers.js';
import { recordedColumn, type SamplerMaker } from './sampler.js';

const SOME = field('some avg10=');
/** The kernel works its averages out anew every 2 s (PSI_FREQ in kernel/sched/psi.c): what is shown is at most a second older than that. */
const READ_EVERY_MS = 1000;

export const pressure: SamplerMaker = ({ roots }) => {
  const file = new KernelFile(`${roots.proc}/pressure/memory`);
  try {
    // With psi=0 the file may stand there and give EOPNOTSUPP when opened or read.
    file.read();
  } catch {
    file.close();
    return null;
  }
  return {
    name: 'pressure',
    columns: [recordedColumn('machine_pressure_some_pct', '/proc/pressure/memory: some avg10')],
    read(cells, at) {
      cells[at] = readPressure(scratch, file.read());
      return READ_EVERY_MS;
    },
    close: () => file.close(),
  };
};

/** Percent of the last 10 s; NaN when the text is not PSI's. */
export function readPressure(bytes: Buffer, length: number): number {
  const at = findField(bytes, length, SOME);
  return at < 0 ? Number.NaN : decimalAt(bytes, length, at);
}
