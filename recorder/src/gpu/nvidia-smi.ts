// What NVIDIA's own tool says of its cards. It takes tens of milliseconds to seconds: always asked beside the ticks, never in one.
//
// The words of its queries: `nvidia-smi --help-query-gpu`, `--help-query-compute-apps`. With "nounits" memory is in MiB; what a card or the
// rights do not let it tell stands in square brackets ("[N/A]").
import { execFile } from 'node:child_process';

const CARDS = ['--query-gpu=index,name,memory.used,memory.total', '--format=csv,noheader,nounits'];
const PROCESSES = ['--query-compute-apps=pid,used_gpu_memory', '--format=csv,noheader,nounits'];
/** A driver that hangs is no reason to hang. */
const PATIENCE_MS = 20_000;
const MIB = 1024 * 1024;

export interface Card {
  readonly index: number;
  readonly name: string;
  /** NaN where it is not told. */
  readonly usedBytes: number;
  readonly totalBytes: number;
}

export interface GpuProcess {
  /** As the driver knows it: of the machine, not of a container. */
  readonly pid: number;
  readonly usedBytes: number;
}

/** The cards, none when the machine has none. Rejects with an Error that says why it cannot be asked. */
export async function askCards(command = 'nvidia-smi'): Promise<Card[]> {
  return readCards(await ask(command, CARDS));
}

export async function askProcesses(command = 'nvidia-smi'): Promise<GpuProcess[]> {
  return readProcesses(await ask(command, PROCESSES));
}

export function readCards(text: string): Card[] {
  return rowsOf(text, 4).flatMap(([index = '', name = '', used, total]) =>
    /^\d+$/.test(index) ? [{ index: Number(index), name, usedBytes: bytes(used), totalBytes: bytes(total) }] : [],
  );
}

export function readProcesses(text: string): GpuProcess[] {
  return rowsOf(text, 2).flatMap(([pid = '', used]) =>
    /^\d+$/.test(pid) ? [{ pid: Number(pid), usedBytes: bytes(used) }] : [],
  );
}

function rowsOf(text: string, cells: number): string[][] {
  return text
    .split('\n')
    .map((line) => line.split(',').map((cell) => cell.trim()))
    .filter((row) => row.length === cells);
}

const bytes = (mib: string | undefined): number => (/^\d+$/.test(mib ?? '') ? Number(mib) * MIB : Number.NaN);

function ask(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { timeout: PATIENCE_MS, killSignal: 'SIGKILL' }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new Error(whyNot(command, error, stdout)));
    });
  });
}

function whyNot(command: string, error: Error & { code?: unknown; killed?: boolean }, stdout: string): string {
  if (error.code === 'ENOENT') return `${command} is not on the PATH`;
  if (error.killed === true) return `${command} did not answer in ${PATIENCE_MS / 1000} s`;
  // It tells its own troubles on stdout.
  const [said = ''] = stdout.trim().split('\n');
  return said === '' ? `${command} ended with ${String(error.code ?? 'a signal')}` : `${command}: ${said}`;
}
