// A recording that never changes: the same samples, lines and instants on every machine, for pictures that are compared.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MIB = 2 ** 20;
const START = Date.parse('2026-11-20T16:30:00.000Z');
const STEP_MS = 500;
const at = (s: number): string => new Date(START + s * 1000).toISOString();

/** MiB by seconds: a quick rise, a slow climb, a spike, a drop. Straight between these. */
const COURSE = [
  [0, 40],
  [10, 42],
  [14, 260],
  [20, 262],
  [70, 380],
  [84, 382],
  [85, 560],
  [86, 384],
  [100, 385],
  [101, 90],
  [120, 91],
] as const;

function mibAt(s: number): number {
  const next = COURSE.findIndex(([t]) => t >= s);
  const [t1, v1] = COURSE[Math.max(next, 1)] ?? COURSE[1];
  const [t0, v0] = COURSE[Math.max(next, 1) - 1] ?? COURSE[0];
  return v0 + ((v1 - v0) * (s - t0)) / (t1 - t0);
}

export function writeFixedRecording(folder: string): string {
  const recording = join(folder, 'fixed');
  mkdirSync(recording, { recursive: true });
  writeFileSync(join(recording, 'memory.csv'), samples());
  writeFileSync(join(recording, 'output.log'), output());
  writeFileSync(
    join(recording, 'events.csv'),
    `time,kind,text\n${at(0)},start,node train.js --epochs 12\n${at(120)},exit,exit 0\n`,
  );
  writeFileSync(join(recording, 'recording.json'), JSON.stringify(INFO));
  writeFileSync(
    join(recording, 'annotations.json'),
    JSON.stringify({
      format: 1,
      notes: [{ id: 'one', start_ms: START + 85_000, end_ms: null, text: 'the index is built in memory' }],
    }),
  );
  return recording;
}

function samples(): string {
  const rows = ['time,elapsed_s,job_rss_bytes,job_peak_bytes,container_current_bytes,container_limit_bytes'];
  for (let s = 0; s <= 120; s += STEP_MS / 1000) {
    // A little unrest, so that the line is one that a job could have drawn.
    const rss = Math.round((mibAt(s) + Math.sin(s * 1.7) * 0.6) * MIB);
    const peak = rss + (s > 80 && s < 90 ? 20 * MIB : 0);
    rows.push([at(s), s.toFixed(3), rss, peak, rss + 30 * MIB, 768 * MIB].join(','));
  }
  return `${rows.join('\n')}\n`;
}

function output(): string {
  const lines: [number, string, string][] = [
    [2, 'INFO', 'configuration read'],
    [10, 'INFO', 'loading data set orders-11.csv'],
    [14, 'INFO', 'data set ready: 260000 records'],
    ...Array.from({ length: 24 }, (_, i): [number, string, string] => [20 + i * 2, 'INFO', `batch ${i + 1} of 24`]),
    [50, 'WARN', '212 records without a customer'],
    [84, 'INFO', 'sorting all records in memory'],
    [86, 'ERROR', 'record 118204: price is not a number'],
    [100, 'INFO', 'writing the summary'],
    [119, 'INFO', 'done'],
  ];
  return lines
    .sort(([a], [b]) => a - b)
    .map(([s, level, text]) => `${at(s)} stdout F ${at(s)} ${level} ${text}\n`)
    .join('');
}

const INFO = {
  format: 1,
  tidemark_version: '0.1.0',
  label: 'nightly training',
  command: ['node', 'train.js', '--epochs', '12'],
  working_directory: '/srv/train',
  host: {
    name: 'tern',
    os: 'Debian GNU/Linux 12',
    kernel: 'Linux 6.12',
    cpus: 4,
    memory_total_bytes: 8 * 1024 * MIB,
    container: null,
  },
  time_zone: 'UTC',
  started_at: at(0),
  ended_at: at(120),
  interval_ms: STEP_MS,
  columns: [],
  peak_sources: { job: 'vm-hwm', container: 'cgroup-memory-peak' },
  cgroup: { version: 2, path: '/train', limit_bytes: 768 * MIB },
  job: { pid: 4711, exit_code: 0, signal: null },
  logs: [],
  own_cost: null,
};
