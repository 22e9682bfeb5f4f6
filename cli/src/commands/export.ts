import { basename } from 'node:path';
import type { PanelLayout } from '@tidemark/shared/chart/panels.js';
import { UsageError } from '@tidemark/shared/errors.js';
import { formatBytes } from '@tidemark/shared/words/bytes.js';
import { Command, Option } from 'commander';
import { layoutOption } from '../layout-option.js';
import { formatFor } from '../output-format.js';
import { repeatable } from '../repeatable.js';
import { seriesOption } from '../series-option.js';
import { VERSION } from '../version.js';

interface Options {
  output: string;
  log: string[];
  series: string[];
  width: number;
  height: number;
  scale: number;
  since?: string;
  until?: string;
  theme: 'light' | 'dark';
  axis: 'zero' | 'fit' | 'log';
  layout: PanelLayout;
  title?: string;
  timezone?: string;
  column: string[];
  gap: boolean;
  elapsed: boolean;
  details: boolean;
  redact: string[];
  quiet: boolean;
}

const number =
  (option: string, whole: boolean) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value > 0) || (whole && !Number.isInteger(value))) {
      throw new UsageError(`${option} ${text}: expected a ${whole ? 'whole ' : ''}number above 0.`);
    }
    return value;
  };

export function exportCommand(): Command {
  return new Command('export')
    .description(
      'Take a recording away, without browser or display: the annotated graph (.png, .svg), the report with its picture (.md), the page and the data as one file that opens offline (.html), or the figures of the graph (.csv).',
    )
    .argument(
      '[recording...]',
      'a recording, or any CSV with a time column; several are laid over each other (default: the latest recording)',
    )
    .requiredOption('-o, --output <file>', 'what to write: .png, .svg, .md, .html or .csv')
    .option('--log <file>', 'a log of the same run; may be given several times', repeatable, [])
    .addOption(seriesOption())
    .option('--width <px>', 'width', number('--width', true), 1600)
    .option('--height <px>', 'height', number('--height', true), 900)
    .option(
      '--scale <factor>',
      'multiplies the pixels, not what is shown: 2 for print and fine screens',
      number('--scale', false),
      1,
    )
    .option('--since <instant>', 'start there: 16:35:01, 2026-11-20T16:35:01Z, 90s from the start, -30s before the end')
    .option('--until <instant>', 'end there')
    .addOption(new Option('--theme <name>', 'colours').choices(['light', 'dark']).default('light'))
    .addOption(new Option('--axis <scale>', 'of values').choices(['zero', 'fit', 'log']).default('zero'))
    .addOption(layoutOption())
    .option('--title <text>', 'headline instead of the label or the name')
    .option('--column <name>', 'draw this column; may be given several times', repeatable, [])
    .option('--gap', 'draw what the system charges beyond what the program counts of its own memory', false)
    .option('--elapsed', 'count from the start instead of showing the time of day', false)
    .option('--timezone <zone>', 'zone of the times shown and of log times that name none: Europe/Berlin, UTC, +02:00')
    .option('--details', 'phases and the log around the most growth under the graph', false)
    .option(
      '--redact <rule>',
      'in a .html file, take out of log, command, events and notes: email, ip, secret, url-login, home, all, or /pattern/; may be given several times',
      repeatable,
      [],
    )
    .option('-q, --quiet', 'say nothing', false)
    .action(async (recordings: string[], options: Options) => {
      const format = formatFor(options.output, 'export', ['png', 'svg', 'markdown', 'html', 'csv']);
      if (options.redact.length > 0 && format !== 'html') {
        throw new UsageError('--redact goes with a .html file.', 'Example: -o report.html --redact all');
      }
      if (options.gap && format === 'html') {
        throw new UsageError(
          '--gap goes with a picture or a .csv file.',
          'In a .html file the gap is a switch of the legend.',
        );
      }
      if (options.layout !== 'over' && (format === 'html' || format === 'csv')) {
        throw new UsageError('--layout goes with a picture.', 'In a .html file it is a choice above the graph.');
      }
      if (format === 'html') return exportPage(recordings, options);
      if (format === 'markdown') return exportReport(recordings, options);
      await exportGraph(recordings, options);
    });
}

async function exportGraph(recordings: readonly string[], options: Options): Promise<void> {
  const { exportPicture } = await import('@tidemark/viewer');
  const { output, log, column, elapsed, quiet, redact: _, ...rest } = options;
  const { width, height, remarks } = await exportPicture({
    ...rest,
    recordings,
    logs: log,
    out: output,
    version: VERSION,
    ...(column.length === 0 ? {} : { columns: column }),
    ...(elapsed ? { clock: 'elapsed' as const } : {}),
  });
  say(options, width === null ? `wrote ${output}` : `wrote ${output}, ${width} x ${height} pixels`, remarks);
}

async function exportPage(recordings: readonly string[], options: Options): Promise<void> {
  const { exportHtml } = await import('@tidemark/viewer');
  const { output, log, series, redact, timezone } = options;
  const { bytes, remarks } = await exportHtml({
    recordings,
    logs: log,
    series,
    out: output,
    redact,
    ...(timezone === undefined ? {} : { timezone }),
  });
  say(options, `wrote ${output}, ${formatBytes(bytes)}; it opens in any browser, offline`, remarks);
}

/** The report of one run, as `tidemark report -o` writes it, and its picture beside it. */
async function exportReport(recordings: readonly string[], options: Options): Promise<void> {
  if (recordings.length > 1) {
    throw new UsageError('A report is about one recording.', 'tidemark compare BEFORE AFTER -o x.md is about several.');
  }
  const picture = options.output.replace(/\.md$/i, '.png');
  await exportGraph(recordings, { ...options, output: picture });
  const { report, writeWhole } = await import('@tidemark/viewer');
  const text = await report({
    recording: recordings[0] ?? null,
    logs: options.log,
    series: options.series,
    format: 'markdown',
    picture: basename(picture),
    ...(options.timezone === undefined ? {} : { timezone: options.timezone }),
    ...(options.title === undefined ? {} : { title: options.title }),
  });
  await writeWhole(options.output, new TextEncoder().encode(text));
  say(options, `wrote ${options.output}`, []);
}

function say({ quiet }: Options, text: string, remarks: readonly string[]): void {
  if (quiet) return;
  process.stderr.write(`tidemark: ${text}\n`);
  for (const remark of remarks) process.stderr.write(`  ${remark}\n`);
}
