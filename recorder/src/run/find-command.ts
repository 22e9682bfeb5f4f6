// Whether a command can be run, asked before anything is started, so that the answer is clear and the exit code is the shell's: 127 or 126.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export type CommandFound = { readonly path: string } | { readonly exitCode: 126 | 127; readonly why: string };

/** Looks a command up as execvp(3) does: a name with a slash is a path, any other is looked for along PATH. */
export function findCommand(command: string, path: string | undefined, cwd = process.cwd()): CommandFound {
  if (command === '') return { exitCode: 127, why: 'the command is empty' };
  if (command.includes('/')) {
    const verdict = look(resolve(cwd, command));
    if (verdict === 'runs') return { path: resolve(cwd, command) };
    return verdict === 'absent'
      ? { exitCode: 127, why: `${command}: no such file` }
      : { exitCode: 126, why: `${command}: ${verdict}` };
  }
  let refused: string | null = null;
  for (const folder of (path ?? '/usr/local/bin:/usr/bin:/bin').split(delimiter)) {
    const candidate = resolve(cwd, join(folder === '' ? '.' : folder, command));
    const verdict = look(candidate);
    if (verdict === 'runs') return { path: candidate };
    if (verdict === 'not executable') refused ??= `${candidate}: ${verdict}`;
  }
  return refused === null ? { exitCode: 127, why: `${command}: command not found` } : { exitCode: 126, why: refused };
}

function look(path: string): 'runs' | 'absent' | 'a folder' | 'not executable' {
  try {
    if (statSync(path).isDirectory()) return 'a folder';
  } catch {
    return 'absent';
  }
  try {
    accessSync(path, constants.X_OK);
    return 'runs';
  } catch {
    return 'not executable';
  }
}
