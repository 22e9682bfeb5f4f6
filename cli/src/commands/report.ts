// `tidemark report`: what a recording shows, as text, JSON or Markdown.
import { readRate } from '@tidemark/shared/budget/budget.js';
import { UsageError } from '@tidemark/shared/errors.js';
import { Command } from 'commander';
import { formatFor, TEXT_FORMATS, type TextFormat } from '../output-format.js';
import { print } from '../print.js';
import { repeatable } from '../repeatable.js';
import { seriesOption } from '../series-option.js';

interface ReportFlags {
  log: string[];
  series: string[];
  timezone?: string;
  slope?: string;
  json: boolean;
  output?: string;
}

export function reportCommand(): Command {
  return new Command('report')
    .description('Print the peak, the phases and the spikes of a recording, each with the log line nearest to it.')
    .argument('[recording]', 'a recording, or any CSV with a time column; default: the latest recording')
    .option('--log <file>', 'a log of the same run (repeatable)', repeatable, [])
    .addOption(seriesOption())
    .option('--timezone <zone>', 'zone of log stamps and CSV times that name none, e.g. Europe/Berlin or +02:00')
    .option('--slope <rate>', 'growth that matters to you: says how long a run must be to show it (default: 2MiB/h)')
    .option('--json', 'print JSON, format 1 (docs/report-json.md)', false)
    .option('-o, --output <file>', 'write it to a file: .md, .txt or .json')
    .action(async (recording: string | undefined, flags: ReportFlags) => {
      const { log, json, timezone, output } = flags;
      const format: TextFormat =
        output === undefined ? (json ? 'json' : 'text') : formatFor(output, 'report', json ? ['json'] : TEXT_FORMATS);
      const { report, writeWhole } = await import('@tidemark/viewer');
      const asked = flags.slope === undefined ? {} : { askedBytesPerHour: slopeAbove0(flags.slope) };
      const width = output === undefined ? process.stdout.columns : undefined;
      const text = await report({
        recording: recording ?? null,
        logs: log,
        series: flags.series,
        format,
        ...asked,
        ...(timezone === undefined ? {} : { timezone }),
        ...(width === undefined ? {} : { width }),
      });
      if (output === undefined) return print(text);
      await writeWhole(output, new TextEncoder().encode(text));
      process.stderr.write(`tidemark: wrote ${output}\n`);
    });
}

function slopeAbove0(text: string): number {
  const perHour = readRate('--slope', text);
  if (perHour > 0) return perHour;
  throw new UsageError(`--slope: expected a rate above 0, found ${text}: nothing tells no growth from none.`);
}
