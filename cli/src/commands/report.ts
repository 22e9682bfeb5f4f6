import { Command } from 'commander';

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

export function reportCommand(): Command {
  return new Command('report')
    .description('Print the peak, the phases and the spikes of a recording, each with the log line nearest to it.')
    .argument('<recording>', 'a recording, or any CSV with a time column')
    .option('--log <file>', 'a log of the same run; may be given several times', collect, [])
    .option('--timezone <zone>', 'zone of log times that name none: Europe/Berlin, UTC, +02:00')
    .option('--json', 'print JSON, format 1 (docs/report-json.md)', false)
    .action(async (recording: string, options: { log: string[]; timezone?: string; json: boolean }) => {
      const { report } = await import('@tidemark/viewer');
      const { log, json, timezone } = options;
      const width = process.stdout.columns;
      process.stdout.write(
        await report({
          recording,
          logs: log,
          json,
          ...(timezone === undefined ? {} : { timezone }),
          ...(width === undefined ? {} : { width }),
        }),
      );
    });
}
