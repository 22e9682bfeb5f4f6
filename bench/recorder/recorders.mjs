// The recorders that are measured: ours, and those that others use where they are installed.
//
// `apt-get install sysstat python3-memory-profiler` brings pidstat (1 Hz is its fastest) and mprof, `pip install psrecord` psrecord.
// Each has the command that records the job into a folder, and says how many samples it has written: `rows` at once, or `times` (epoch ms of each) once it has ended.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const COMMAND = process.env.TIDEMARK_COMMAND ?? join(import.meta.dirname, '../../cli/dist/tidemark.js');
/** Until V8 has compiled what is run, and waits patiently. */
const OURS_WARM_MS = 15_000;
const THEIRS_WARM_MS = 5_000;

const installed = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const MPROF = ['mprof', 'python3-mprof'].find(installed) ?? 'mprof';

export const tidemark = (interval, ...more) => ({
  name: ['tidemark', ...more].join(' '),
  warmMs: OURS_WARM_MS,
  command: ({ pid }, folder) => [
    process.execPath,
    COMMAND,
    'record',
    '-q',
    '-i',
    interval,
    '-o',
    join(folder, 'a.csv'),
    ...more,
    '--pid',
    pid,
  ],
  rows: (folder) => linesOf(join(folder, 'a.csv')),
});

export const psrecord = (...more) => ({
  name: ['psrecord', ...more].join(' '),
  program: 'psrecord',
  warmMs: THEIRS_WARM_MS,
  command: ({ pid }, folder) => ['psrecord', pid, ...more, '--interval', '0.1', '--log', join(folder, 'out')],
  rows: (folder) => linesOf(join(folder, 'out')),
});

export const mprof = (...more) => ({
  name: ['mprof', ...more].join(' '),
  program: MPROF,
  warmMs: THEIRS_WARM_MS,
  command: ({ pid }, folder) => [MPROF, 'attach', '-T', '0.1', ...more, '-o', join(folder, 'out'), pid],
  // It buffers what it writes: "MEM 12.5 1795717346.1636".
  times: (folder) =>
    readFileSync(join(folder, 'out'), 'latin1')
      .split('\n')
      .filter((line) => line.startsWith('MEM '))
      .map((line) => Number(line.split(' ')[2]) * 1000),
});

/** It finds no children: it is told them. */
export const pidstat = {
  name: 'pidstat at 1 Hz',
  program: 'pidstat',
  warmMs: THEIRS_WARM_MS,
  command: ({ pids }) => ['pidstat', '-r', '-p', pids, '1'],
  hz: 1,
};

const missing = new Set();

/** Whoever is not installed is left out aloud. */
export function isThere({ program }) {
  if (program === undefined || installed(program)) return true;
  if (!missing.has(program)) console.error(`${program} is not installed: left out`);
  missing.add(program);
  return false;
}

function linesOf(path) {
  return existsSync(path) ? readFileSync(path, 'latin1').split('\n').length - 1 : 0;
}
