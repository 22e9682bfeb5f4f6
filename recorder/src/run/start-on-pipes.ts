// Starts a job whose stdout and stderr are pipes of ours, or left alone where no pipe can be made. No shell touches its arguments.
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { inWords } from '../recording/trouble.js';
import { errorCode } from '../sampling/kernel-file.js';
import { type Capture, capture } from './capture.js';
import type { Inherited } from './inherited.js';
import type { JobEnd, NotStarted, StartedJob } from './job.js';
import type { OutputLog } from './output-log.js';
import { makePipes, type Pipe } from './pipes.js';

export interface StartOptions {
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly inherited: Inherited;
  /** Shell commands that come before the job in its process; empty for none. They end the shell where the job must not start. */
  readonly enter: string;
  /** Folders in which named pipes may be made, best first. */
  readonly pipesIn: readonly string[];
  /** Null to leave the job's streams alone. */
  readonly log: OutputLog | null;
}

export async function startOnPipes(options: StartOptions): Promise<StartedJob | NotStarted> {
  const pipes = options.log === null ? [] : makePipes(2, options.pipesIn);
  const [out, err] = pipes;
  const stdio: StdioOptions = ['inherit', out?.writeEnd ?? 'inherit', err?.writeEnd ?? 'inherit'];
  passDescriptors(stdio, options.inherited);
  const [program = '', ...args] = throughLauncher(options);
  let child: ChildProcess;
  try {
    child = spawn(program, args, { stdio, env: options.env });
  } catch (error) {
    closePipes(pipes, true);
    return notStarted(options.command, error);
  }
  // Before the pipes are read: whoever holds a write end keeps them open.
  closePipes(pipes, false);
  const ended = endOf(child);
  if (child.pid === undefined) {
    for (const pipe of pipes) closeSync(pipe.readEnd);
    return notStarted(options.command, await new Promise((resolve) => child.once('error', resolve)));
  }
  const captures: Capture[] = [];
  if (options.log !== null && out !== undefined && err !== undefined) {
    captures.push(capture(out.readEnd, 1, 'stdout', options.log), capture(err.readEnd, 2, 'stderr', options.log));
  }
  const { pid } = child;
  return {
    pid,
    ended,
    captures,
    sharesGroup: true,
    send(signal) {
      // Until its end is known here the pid is not given to another. child.kill() would not throw but end us.
      if (child.exitCode === null && child.signalCode === null) process.kill(pid, signal);
    },
    release: () => {},
  };
}

/** How a child of ours ends. */
export function endOf(child: ChildProcess): Promise<JobEnd> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

/** Gives a child the descriptors that were meant for it, under their own numbers. */
export function passDescriptors(stdio: StdioOptions & unknown[], { descriptors }: Inherited): void {
  for (const fd of descriptors) {
    while (stdio.length < fd) stdio.push('ignore');
    if (stdio[fd] === undefined || stdio[fd] === 'ignore') stdio[fd] = fd;
  }
}

/** Shell commands that bring back what Node changed for its children; empty when it changed nothing. */
export function restoring({ ignored, openFiles }: Inherited): string {
  let commands = openFiles === null ? '' : `ulimit -S -n ${openFiles}; `;
  for (const signal of ignored) commands += `trap '' ${signal}; `;
  return commands;
}

function throughLauncher({ command, enter, inherited }: StartOptions): readonly string[] {
  const commands = enter + restoring(inherited);
  // `exec` leaves the job in the shell's process: same pid, nothing in between.
  return commands === '' ? command : ['/bin/sh', '-c', `${commands}exec "$@"`, 'sh', ...command];
}

function closePipes(pipes: readonly Pipe[], both: boolean): void {
  for (const pipe of pipes) {
    closeSync(pipe.writeEnd);
    if (both) closeSync(pipe.readEnd);
  }
}

export function notStarted(command: readonly string[], error: unknown): NotStarted {
  const code = errorCode(error);
  const why: Record<string, string> = {
    ENOENT: 'not found, or the interpreter that its first line names is not',
    EACCES: 'permission denied',
    E2BIG: 'its arguments and environment are too long',
    ENOEXEC: 'not a program that this machine can run',
    EAGAIN: 'no more processes may be started (a limit such as ulimit -u)',
  };
  const words = why[code] ?? inWords(code || String(error));
  return { exitCode: code === 'ENOENT' ? 127 : 126, why: `${command[0]}: ${words}` };
}
