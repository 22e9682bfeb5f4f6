// The built command, started from outside, and its recordings read as any reader would: by name and by comma.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'playwright/test';

export const COMMAND = process.env.TIDEMARK_COMMAND ?? join(import.meta.dirname, '../../cli/dist/tidemark.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Recorded {
  readonly columns: readonly string[];
  /** By column name; null where the cell is empty. `time` is epoch ms. */
  readonly rows: readonly Readonly<Record<string, number | null>>[];
  readonly info: Record<string, never> & {
    readonly job: { pid: number; exit_code: number | null; signal: string | null } | null;
    readonly peak_sources: { job: string | null; container: string | null };
    readonly cgroup: { version: number; path: string; limit_bytes: number | null } | null;
    readonly oom?: {
      verdict: string;
      kills: number | null;
      limit_bytes: number | null;
      last_sample: { time: string; charged_bytes: number | null } | null;
      asked_at_least_bytes: number | null;
      headroom: { time: string; bytes: number }[];
      processes: { pid: number; name: string; rss_bytes: number }[];
      output: { time: string; stream: string; text: string }[];
      logs?: { file: string; lines: string[] }[];
    };
    readonly own_cost: {
      samples: number;
      missed_ticks: number;
      rss_peak_bytes: number;
      samplers: { name: string; mean_ms: number; longest_ms: number }[];
    } | null;
    readonly ended_at: string | null;
    readonly summary?: { column: string; peak_bytes: number; peak_at: string } | null;
    readonly logs: string[];
    readonly output?: string;
  };
  readonly events: string;
  readonly output: string;
}

export interface Bench {
  /** An empty folder of the test's own, where the command runs. */
  readonly folder: string;
  /** Runs `tidemark ARGS` to its end, its streams on pipes. */
  run(args: readonly string[], options?: { input?: string; env?: NodeJS.ProcessEnv }): Ended;
  /** Starts `tidemark ARGS` and gives the process; it ends with the test. */
  start(args: readonly string[], options?: { ownGroup?: boolean }): ChildProcess;
  /**
   * Runs a shell line on a terminal that `script` makes; what the terminal showed, and the exit code.
   * What comes when the terminal is out of raw mode again has a second CR, which nobody sees: it is left out.
   */
  onTerminal(line: string): Promise<{ code: number | null; screen: string }>;
  /** A recording by its folder; the only one under tidemark-runs when no name is given. */
  read(name?: string): Recorded;
}

/** `tidemark`, ready to stand in a shell line. */
export const SHELL_COMMAND = `'${process.execPath}' '${COMMAND}'`;

export const test = base.extend<{ bench: Bench }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  bench: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tidemark-record-'));
    const started: ChildProcess[] = [];
    await use({
      folder,
      run(args, { input = '', env = process.env } = {}) {
        const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
          cwd: folder,
          env,
          input,
          encoding: 'utf8',
          maxBuffer: 64 * 1024 * 1024,
        });
        return { code: status, stdout, stderr };
      },
      start(args, { ownGroup = false } = {}) {
        const child = spawn(process.execPath, [COMMAND, ...args], {
          cwd: folder,
          stdio: ['ignore', 'pipe', 'pipe'],
          detached: ownGroup,
        });
        started.push(child);
        return child;
      },
      onTerminal(line) {
        const child = spawn('script', ['-qec', line, '/dev/null'], {
          cwd: folder,
          // Nothing is typed and the input does not end: at its end `script` would press Ctrl-D.
          stdio: ['pipe', 'pipe', 'inherit'],
          env: { ...process.env, SHELL: '/bin/sh', TERM: 'xterm' },
        });
        started.push(child);
        let screen = '';
        child.stdout.setEncoding('utf8').on('data', (part: string) => {
          screen += part;
        });
        return new Promise((resolve) =>
          child.once('close', (code) => resolve({ code, screen: screen.replace(/\r+\n/g, '\r\n') })),
        );
      },
      read(name) {
        const at = join(folder, name ?? join('tidemark-runs', readdirSync(join(folder, 'tidemark-runs'))[0] ?? ''));
        return readRecording(at);
      },
    });
    for (const child of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    // What was killed may still write for a moment.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  },
});

function readRecording(at: string): Recorded {
  const text = (name: string): string => (existsSync(join(at, name)) ? readFileSync(join(at, name), 'utf8') : '');
  const lines = text('memory.csv').split('\n');
  const columns = (lines[0] ?? '').split(',');
  // What follows the last newline is a row that was cut.
  const rows = lines.slice(1, -1).map((line) => {
    const cells = line.split(',');
    if (cells.length !== columns.length)
      throw new Error(`expected ${columns.length} cells, found ${cells.length}: ${line}`);
    return Object.fromEntries(
      cells.map((cell, i) => [columns[i] ?? '', cell === '' ? null : i === 0 ? Date.parse(cell) : Number(cell)]),
    );
  });
  return {
    columns,
    rows,
    info: JSON.parse(text('recording.json')),
    events: text('events.csv'),
    // May be larger than a string can be: read when it is asked for.
    get output() {
      return text('output.log');
    },
  };
}

/** The process's end: its exit code and signal. */
export function endOf(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
}

/** Resolves when the child's stdout or stderr has said `text`. */
export function said(child: ChildProcess, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let all = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (part: Buffer) => {
        all += part.toString();
        if (all.includes(text)) resolve(all);
      });
    }
    child.once('close', () => reject(new Error(`it ended before it said ${JSON.stringify(text)}: ${all}`)));
  });
}

/** The physical lines of output.log: their instants, streams and texts. */
export function outputLines(output: string): { timeMs: number; stream: string; text: string }[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, time = '', stream = '', text = ''] = /^(\S+) (\S+) [FP] (.*)$/s.exec(line) ?? [];
      return { timeMs: Date.parse(time), stream, text };
    });
}
