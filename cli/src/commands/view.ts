// `tidemark view`: the page for a recording, a CSV, logs, or nothing yet.
import { UsageError } from '@tidemark/shared/errors.js';
import { Command } from 'commander';
import { repeatable } from '../repeatable.js';
import { seriesOption } from '../series-option.js';
import { viewUntilInterrupted } from '../view-until-interrupted.js';

interface ViewFlags {
  log: string[];
  series: string[];
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
    .option('--log <file>', 'a log file to lay beside the graph (repeatable)', repeatable, [])
    .addOption(seriesOption())
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
  await viewUntilInterrupted({
    paths,
    logs: flags.log,
    series: flags.series,
    timezone: flags.timezone ?? null,
    label: flags.label ?? null,
    empty: flags.empty === true || (paths.length === 0 && flags.log.length > 0),
    ...(port === null ? {} : { port }),
    host: flags.host,
    open: flags.open ?? 'auto',
  });
}

function portOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port: expected a number from 0 to 65535, found ${text}`);
}
