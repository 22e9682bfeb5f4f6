import { once } from 'node:events';
import { UsageError } from '@tidemark/shared/errors.js';
import { Command } from 'commander';

export function logsCommand(): Command {
  return new Command('logs')
    .description('Tell how a log is read: format, zone, span, levels; with --json the instant and level of every line.')
    .argument('<file>', 'a log, or the output.log of a recording')
    .option('--timezone <zone>', 'zone of stamps that name none: Europe/Berlin, UTC, +02:00')
    .option('--year <year>', 'year of the first stamped line, where the stamps have none')
    .option('--json', 'print one JSON object a line of the file (docs/log-formats.md)', false)
    .action(async (file: string, options: { timezone?: string; year?: string; json: boolean }) => {
      const year = options.year === undefined ? null : Number(options.year);
      if (year !== null && !(Number.isInteger(year) && year >= 1970 && year < 10_000)) {
        throw new UsageError(`--year: expected a year, found "${options.year}"`);
      }
      // `tidemark logs FILE --json | head` is no failure.
      process.stdout.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EPIPE') process.exit(0);
        throw error;
      });
      const { printLogReading } = await import('@tidemark/viewer');
      await printLogReading({
        file,
        json: options.json,
        timezone: options.timezone ?? null,
        year,
        write: async (text) => {
          if (!process.stdout.write(text)) await once(process.stdout, 'drain');
        },
      });
    });
}
