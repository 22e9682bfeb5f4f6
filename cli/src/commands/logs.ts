import { UsageError } from '@tidemark/shared/errors.js';
import { Command } from 'commander';
import { print } from '../print.js';
import { seriesOption } from '../series-option.js';

export function logsCommand(): Command {
  return new Command('logs')
    .description(
      'Tell how a log is read: format, zone, span, levels, figures of memory; with --json the instant and level of every line.',
    )
    .argument('<file>', 'a log, or the output.log of a recording')
    .option('--timezone <zone>', 'zone of stamps that name none: Europe/Berlin, UTC, +02:00')
    .option('--year <year>', 'year of the first stamped line, where the stamps have none')
    .addOption(seriesOption())
    .option('--json', 'print one JSON object a line of the file (docs/log-formats.md)', false)
    .action(async (file: string, options: { timezone?: string; year?: string; series: string[]; json: boolean }) => {
      const year = options.year === undefined ? null : Number(options.year);
      if (year !== null && !(Number.isInteger(year) && year >= 1970 && year < 10_000)) {
        throw new UsageError(`--year: expected a year, found "${options.year}"`);
      }
      const { printLogReading } = await import('@tidemark/viewer');
      await printLogReading({
        file,
        json: options.json,
        series: options.series,
        timezone: options.timezone ?? null,
        year,
        write: print,
      });
    });
}
