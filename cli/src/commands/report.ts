// `tidemark report`: what a recording shows, as text or JSON.
import { Command } from 'commander';
import { print } from '../print.js';
import { repeatable } from '../repeatable.js';

export function reportCommand(): Command {
  return new Command('report')
    .description('Print the peak, the phases and the spikes of a recording, each with the log line nearest to it.')
    .argument('[recording]', 'a recording, or any CSV with a time column; default: the latest recording')
    .option('--log <file>', 'a log of the same run (repeatable)', repeatable, [])
    .option('--timezone <zone>', 'zone of log stamps and CSV times that name none, e.g. Europe/Berlin or +02:00')
    .option('--json', 'print JSON, format 1 (docs/report-json.md)', false)
    .action(async (recording: string | undefined, options: { log: string[]; timezone?: string; json: boolean }) => {
      const { report } = await import('@tidemark/viewer');
      const { log, json, timezone } = options;
      const width = process.stdout.columns;
      await print(
        await report({
          recording: recording ?? null,
          logs: log,
          json,
          ...(timezone === undefined ? {} : { timezone }),
          ...(width === undefined ? {} : { width }),
        }),
      );
    });
}
