// Starts a job on a terminal of its own, so that it keeps its colours, progress bars and prompts while its output is captured.
//
// The terminal is made by util-linux's `script`, or by Python where that is not there (terminal-makers.ts): no native module. Its stdin is the person's
// terminal (raw mode, window size and Ctrl-C are its work), its stdout is a pipe of ours. It runs in a session of its own, because it turns
// signals to itself into a TERM for the job: signals go from us to the job directly. Only streams that were terminals become the new terminal; the others
// are handed on under spare numbers and put in place by the shell line that `script` runs.
import { type StdioOptions, spawn, spawnSync } from 'node:child_process';
import { closeSync, readFileSync, readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { isatty } from 'node:tty';
import { identify, isAlive } from '../job-tree/process-id.js';
import { sayToRawTerminal } from '../recording/say.js';
import { type Capture, capture } from './capture.js';
import type { JobEnd, StartedJob } from './job.js';
import { makePipes } from './pipes.js';
import { shellLine, shellQuoted } from './shell-words.js';
import { endOf, passDescriptors, restoring, type StartOptions } from './start-on-pipes.js';
import { findTerminalMaker, type TerminalMaker } from './terminal-makers.js';

export interface Terminals {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
}

export function terminalsOfOurs(): Terminals {
  return { stdin: isatty(0), stdout: isatty(1), stderr: isatty(2) };
}

/** The longest shell line that one argument may be (MAX_ARG_STRLEN is 128 KiB). */
const LONGEST_LINE = 120_000;

/** What can make a terminal for this job here; a text says why nothing can. */
export function terminalMakerFor(command: readonly string[]): TerminalMaker | string {
  if (shellLine(command).length > LONGEST_LINE) return 'the command line is too long';
  return findTerminalMaker() ?? "neither util-linux's `script` nor python3 is installed";
}

/**
 * Starts the job with `script` around it. Null when that did not work (no pseudo-terminal to be had): nothing was started then.
 * At least one of stdout and stderr must be a terminal, and there must be a log. Throws when no pipes can be made.
 */
export async function startOnTerminal(
  options: StartOptions,
  terminals: Terminals,
  make: TerminalMaker,
): Promise<StartedJob | null> {
  const { log, inherited } = options;
  if (log === null) return null;
  // In the background the terminal is not ours to read or to put into raw mode.
  const keyboard = terminals.stdin && inForeground();
  const capturedApart = !terminals.stdout ? 'stdout' : !terminals.stderr ? 'stderr' : null;
  const [terminalPipe, apartPipe] = makePipes(capturedApart === null ? 1 : 2, options.pipesIn);
  if (terminalPipe === undefined) return null;

  const spare = [3, 4, 5, 6, 7, 8, 9].filter((fd) => !inherited.descriptors.includes(fd));
  const stdio: (number | 'ignore' | 'pipe')[] = [keyboard ? 0 : 'pipe', terminalPipe.writeEnd, 2];
  const put = (what: number | 'pipe'): number => {
    const fd = spare.shift() ?? 0;
    while (stdio.length <= fd) stdio.push('ignore');
    stdio[fd] = what;
    return fd;
  };
  const report = put('pipe');
  let redirections = ` ${report}>&-`;
  if (!terminals.stdin) {
    const fd = put(0);
    redirections += ` <&${fd} ${fd}<&-`;
  }
  if (capturedApart !== null && apartPipe !== undefined) {
    const fd = put(apartPipe.writeEnd);
    redirections += ` ${capturedApart === 'stdout' ? '' : '2'}>&${fd} ${fd}>&-`;
  }
  passDescriptors(stdio as StdioOptions & unknown[], inherited);

  const line =
    shellBack(options.env.SHELL) +
    (keyboard ? '' : withoutKeyboard(terminals.stdout ? 1 : 2)) +
    options.enter +
    restoring(inherited) +
    `echo $$ >&${report}; exec ${shellLine(options.command)}${redirections}`;
  // `script` runs the line with $SHELL, which may be fish or csh.
  const [program = '', ...args] = make(line);
  const child = spawn(program, args, {
    stdio,
    env: { ...options.env, SHELL: '/bin/sh' },
    detached: true,
  });
  const ended = endOf(child);
  child.on('error', () => {});
  closeSync(terminalPipe.writeEnd);
  if (apartPipe !== undefined) closeSync(apartPipe.writeEnd);
  if (child.pid === undefined) {
    for (const pipe of [terminalPipe, apartPipe]) if (pipe !== undefined) closeSync(pipe.readEnd);
    return null;
  }
  if (keyboard) sayToRawTerminal(true);

  const captures: Capture[] = [capture(terminalPipe.readEnd, terminals.stdout ? 1 : 2, 'tty', log)];
  if (capturedApart !== null && apartPipe !== undefined) {
    captures.push(capture(apartPipe.readEnd, capturedApart === 'stdout' ? 1 : 2, capturedApart, log));
  }
  const pid = await reportedPid(child.stdio[report] as Readable);
  if (pid === null) {
    sayToRawTerminal(false);
    child.kill('SIGKILL');
    return null;
  }

  const id = identify('/proc', pid);
  const resized = (): void => {
    if (keyboard) child.kill('SIGWINCH');
    else setSize(pid, terminals.stdout ? 1 : 2);
  };
  process.on('SIGWINCH', resized);
  return {
    pid,
    ended: ended.then(jobEnd),
    captures,
    sharesGroup: false,
    send(signal) {
      // Not a child of ours: make sure that it is still the same process.
      if (id !== null && isAlive('/proc', id)) process.kill(pid, signal);
    },
    release() {
      process.off('SIGWINCH', resized);
      sayToRawTerminal(false);
    },
  };
}

/**
 * `script -e` says "ended by signal N" as exit code 128+N, as a shell does. A job that exits with such a code of its own cannot be told apart.
 */
export function jobEnd({ code, signal }: JobEnd): JobEnd {
  if (code === null || code <= 128) return { code, signal };
  const name = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
  return name === undefined ? { code, signal } : { code: null, signal: name as NodeJS.Signals };
}

/** Gives the job the SHELL that `script` needed for itself. */
function shellBack(shell: string | undefined): string {
  return shell === undefined ? 'unset SHELL; ' : `SHELL=${shellQuoted(shell)}; export SHELL; `;
}

/** The first line that the shell writes before it becomes the job: its pid. Null when it never came so far. */
function reportedPid(from: Readable): Promise<number | null> {
  return new Promise((resolve) => {
    let text = '';
    from.setEncoding('utf8');
    const settle = (pid: number | null): void => {
      resolve(pid);
      from.destroy();
    };
    from.on('data', (part: string) => {
      text += part;
      // `script` itself holds the other end open: the newline is the sign, not the end.
      if (text.includes('\n')) settle(Number.parseInt(text, 10));
    });
    from.on('error', () => settle(null));
    from.on('end', () => settle(null));
  });
}

/** True when the terminal's keys are ours: our process group is the one in front. */
function inForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    // After the name: state, ppid, pgrp, session, tty_nr, tpgid.
    const [, , group, , terminal, front] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Without a controlling terminal nobody else competes for this one.
    return terminal === '0' || group === front;
  } catch {
    return true;
  }
}

/**
 * What `script` does only for a terminal that it reads from: the new one is as large, and newlines are not turned into CR LF twice, here and
 * by the person's own terminal.
 */
function withoutKeyboard(fd: 1 | 2): string {
  const size = sizeOf(fd);
  return `stty -onlcr ${size === null ? '' : `rows ${size.rows} cols ${size.columns} `}2>/dev/null; `;
}

function sizeOf(fd: number): { rows: number; columns: number } | null {
  const answer = spawnSync('stty', ['size'], { stdio: [fd, 'pipe', 'ignore'], encoding: 'utf8' });
  const [rows = 0, columns = 0] = (answer.stdout ?? '').trim().split(' ').map(Number);
  return rows > 0 && columns > 0 ? { rows, columns } : null;
}

function setSize(pid: number, fd: 1 | 2): void {
  const size = sizeOf(fd);
  if (size === null) return;
  try {
    const terminal = readlinkSync(`/proc/${pid}/fd/${fd}`);
    const args = ['-F', terminal, 'rows', String(size.rows), 'cols', String(size.columns)];
    spawn('stty', args, { stdio: 'ignore' }).on('error', () => {});
  } catch {
    // The job has ended.
  }
}
