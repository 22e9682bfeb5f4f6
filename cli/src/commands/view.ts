// `tidemark view`: the page for a recording, a CSV, logs, or nothing yet.
import { UsageError } from '@tidemark/shared/errors.js';
import { Command } from 'commander';

interface ViewFlags {
  log: string[];
  timezone?: string;
  port?: string;
  host: string;
  open?: boolean;
  empty?: boolean;
  label?: string;
}

export function viewCommand(): Command {
  return new Command('view')
    .description('Show the memory graph with the log beside it, in the browser. Default: the latest recording.')
    .argument('[recording...]', 'recordings (folders) or CSVs with a time column; several share one axis')
    .option(
      '--log <file>',
      'a log file to lay beside the graph (repeatable)',
      (file, files: string[]) => [...files, file],
      [],
    )
    .option('--timezone <zone>', 'zone of log stamps and CSV times that name none, e.g. Europe/Berlin or +02:00')
    .option('--port <n>', 'first port to try (default: 7711, then the next free one)')
    .option('--host <address>', 'address to listen on; anything but this machine needs the printed token', '127.0.0.1')
    .option('--open', 'open the browser (default: where there is a display)')
    .option('--no-open', 'only print the address')
    .option('--empty', 'open nothing; drop files on the page')
    .option('--label <text>', 'name shown for the recording')
    .action(view);
}

async function view(paths: string[], flags: ViewFlags): Promise<void> {
  const port = portOf(flags.port);
  const { serve } = await import('@tidemark/viewer');
  const say = (line: string): void => {
    process.stderr.write(`tidemark: ${line}\n`);
  };
  const served = await serve({
    paths,
    logs: flags.log,
    timezone: flags.timezone ?? null,
    label: flags.label ?? null,
    empty: flags.empty === true || (paths.length === 0 && flags.log.length > 0),
    ...(port === null ? {} : { port }),
    host: flags.host,
    open: flags.open ?? 'auto',
    say,
  });
  if (served.title === '') {
    if (!flags.empty) say('no recording here yet: `tidemark run -- CMD` makes one');
    say(`drop a CSV or a log on the page at ${served.url}`);
  } else say(`viewing ${served.title} at ${served.url}`);
  await interrupted();
  await served.close();
}

function portOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port: expected a number from 0 to 65535, found ${text}`);
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

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
