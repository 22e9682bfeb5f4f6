// A program that writes into a pipe keeps its output back in blocks of 4 to 64 KiB: its lines would all be dated by the end of the block.
// These variables ask for lines instead: Python by its own variable, programs on C's stdio by what coreutils' `stdbuf -oL` sets.
import { spawnSync } from 'node:child_process';

/** What to add to the job's environment when its stdout is a pipe. Empty where nothing helps. */
export function unbufferedEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const added: Record<string, string> = {};
  if (env.PYTHONUNBUFFERED === undefined) added.PYTHONUNBUFFERED = '1';
  // stdbuf knows where its library is and how to join it with other preloads: ask it.
  const answer = spawnSync('stdbuf', ['-oL', 'env', '-0'], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (answer.status !== 0) return added;
  for (const entry of answer.stdout.split('\0')) {
    const [name = ''] = entry.split('=', 1);
    if ((name === 'LD_PRELOAD' || name === '_STDBUF_O') && env[name] !== entry.slice(name.length + 1)) {
      added[name] = entry.slice(name.length + 1);
    }
  }
  return added;
}
