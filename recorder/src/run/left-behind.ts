// What goes on when the job has ended: a script that starts a service, a daemon that forked away. It is not recorded any more, and who expected that is told.
import { plainText } from '@tidemark/shared/words/plain-text.js';
import { isAlive } from '../job-tree/process-id.js';
import type { TrackedProcess } from '../job-tree/tracked-process.js';

const MOST_NAMED = 3;

/** One sentence, null when nothing is known to go on. `processes` are those of the last sample. `calledAs`: the words for tidemark. */
export function leftBehind(processes: readonly TrackedProcess[], proc: string, calledAs: string): string | null {
  const alive = processes.filter((process) => !process.memory.zombie && isAlive(proc, process));
  const [first] = alive;
  if (first === undefined) return null;
  const names = alive.slice(0, MOST_NAMED).map(({ pid, name, nameLength }) => {
    return `${plainText(name.toString('utf8', 0, nameLength))} (${pid})`;
  });
  const more = alive.length > MOST_NAMED ? ` and ${alive.length - MOST_NAMED} more` : '';
  const it = alive.length === 1 ? 'it is' : 'they are';
  return `the job left ${names.join(', ')}${more} running; ${it} not recorded any more. \`${calledAs} record --pid ${first.pid}\` records one with its children`;
}
