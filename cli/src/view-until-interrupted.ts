// Serving the page as a command does: says where it is, and ends when it is told to.
import type { ServeOptions } from '@tidemark/viewer';
import { calledAs } from './called-as.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Prints the address on stderr; resolves when a signal has ended it. Throws what keeps the page from being served. */
export async function viewUntilInterrupted(options: ServeOptions): Promise<void> {
  const { serve } = await import('@tidemark/viewer');
  const say = (line: string): void => {
    process.stderr.write(`tidemark: ${line}\n`);
  };
  const served = await serve({ ...options, say });
  if (served.title === '') {
    if (!options.empty) say(`no recording here yet: \`${calledAs()} run -- CMD\` makes one`);
    say(`drop a CSV or a log on the page at ${served.url}`);
  } else say(`viewing ${served.title} at ${served.url} (Ctrl-C ends)`);
  await interrupted();
  await served.close();
}

/** Ctrl-C and TERM end viewing, which is no failure. A second one ends at once, as usual. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      for (const signal of SIGNALS) process.off(signal, end);
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, end);
  });
}
