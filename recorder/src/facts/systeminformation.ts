// More about this machine, from systeminformation. It is a large library and some of its answers start programs of their own, so it runs in a
// short-lived process beside us: the recorder stays small, and its ticks are not delayed.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import os from 'node:os';
import type { RecordingInfo } from '@tidemark/shared/recording/recording.js';

type Facts = Pick<RecordingInfo['host'], 'model' | 'virtual' | 'memory_modules'>;

/** A job that ends at once is not asked about. */
const BEGIN_AFTER_MS = 500;

// Runs in the other process, with the library's path as its argument. Each answer may fail on its own.
const QUESTION = `
const si = require(process.argv[1]);
const ask = (question) => question().catch(() => null);
Promise.all([ask(si.system), ask(si.memLayout)]).then(([system, modules]) => {
  process.stdout.write(JSON.stringify({ system, modules }));
});
`;

/** Calls back once when the facts are there, never when they are not to be had. Returns how to stop asking. */
export function learnMore(onFacts: (facts: Facts) => void): () => void {
  let stop = (): void => {};
  const timer = setTimeout(() => {
    const library = locate();
    if (library === null) return;
    const child = spawn(process.execPath, ['-e', QUESTION, library], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.on('error', () => {});
    // Where too many files are open there is no process, and no pipe to one.
    if (child.pid === undefined) return;
    stop = () => child.kill('SIGKILL');
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    child.on('close', () => {
      const facts = readFacts(text);
      if (facts !== null) onFacts(facts);
    });
    // Never at the job's expense, and never a reason to stay.
    try {
      os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
    } catch {
      // It ended already.
    }
    child.unref();
  }, BEGIN_AFTER_MS);
  timer.unref();
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** Where the library is, for another process to load; null when it is not installed. */
export function locate(): string | null {
  try {
    return createRequire(import.meta.url).resolve('systeminformation');
  } catch {
    return null;
  }
}

/** What the other process printed, in our words; null when it printed no answer. */
export function readFacts(text: string): Facts | null {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof answer !== 'object' || answer === null) return null;
  const { system, modules } = answer as {
    system?: { manufacturer?: unknown; model?: unknown; virtual?: unknown; virtualHost?: unknown } | null;
    modules?: { size?: unknown; type?: unknown }[] | null;
  };
  // The library says "" or a dash where it does not know.
  const known = (value: unknown): string | null => (typeof value === 'string' && /\w/.test(value) ? value : null);
  const model = [known(system?.manufacturer), known(system?.model)].filter((word) => word !== null).join(' ');
  const sizes = Array.isArray(modules) ? modules : [];
  return {
    model: model === '' ? null : model,
    virtual: system?.virtual === true ? (known(system.virtualHost) ?? 'yes') : null,
    memory_modules: sizes
      .filter(
        (module): module is { size: number; type?: unknown } =>
          typeof module?.size === 'number' && known(module.type) !== null,
      )
      .map((module) => ({ bytes: module.size, type: known(module.type) ?? '' })),
  };
}
