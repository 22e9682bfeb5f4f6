// `tidemark compare`: what changed from one recording, or several, to another.
import type { PanelLayout } from '@tidemark/shared/chart/panels.js';
import { UsageError } from '@tidemark/shared/errors.js';
import { Command, Option } from 'commander';
import { layoutOption } from '../layout-option.js';
import { formatFor } from '../output-format.js';
import { print } from '../print.js';
import { repeatable } from '../repeatable.js';
import { seriesOption } from '../series-option.js';
import { VERSION } from '../version.js';

interface CompareFlags {
  before?: string[];
  after?: string[];
  beforeLog: string[];
  afterLog: string[];
  series: string[];
  timezone?: string;
  align: string;
  json: boolean;
  output: string[];
  theme: 'light' | 'dark';
  layout: PanelLayout;
  quiet: boolean;
}

export function compareCommand(): Command {
  return new Command('compare')
    .description('Compare memory before and after a change: peak, final, steady level, time, phase by phase.')
    .argument('[before]', 'a recording, or any CSV with a time column')
    .argument('[after]', 'another')
    .option('--before <recordings...>', 'several runs of the state before')
    .option('--after <recordings...>', 'several runs of the state after')
    .option('--before-log <file>', 'a log of the run before; of several runs the first gets the first', repeatable, [])
    .option('--after-log <file>', 'a log of the run after', repeatable, [])
    .addOption(seriesOption())
    .option('--timezone <zone>', 'zone of log stamps and CSV times that name none')
    .option(
      '--align <where>',
      'what stands at 0 in the picture: start, or phase:NAME (what its log line says, or its kind)',
      'start',
    )
    .option('--json', 'print JSON, format 1 (docs/json.md)', false)
    .option(
      '-o, --output <file>',
      'write .md (a table for the pull request), .png (one picture), .txt or .json; may be given several times',
      repeatable,
      [],
    )
    .addOption(layoutOption())
    .addOption(new Option('--theme <name>', 'colours of the picture').choices(['light', 'dark']).default('light'))
    .option('-q, --quiet', 'print nothing but errors', false)
    .addHelpText(
      'after',
      `
Examples:
  tidemark compare tidemark-runs/A tidemark-runs/B -o change.md -o change.png
  tidemark compare --before a1 a2 a3 --after b1 b2 b3 --align phase:loading`,
    )
    .action(compareAction);
}

async function compareAction(
  before: string | undefined,
  after: string | undefined,
  flags: CompareFlags,
): Promise<void> {
  const sides = sidesOf(before, after, flags);
  const formats = flags.output.map((file) => formatFor(file, 'compare', ['markdown', 'png', 'text', 'json']));
  const { parseAlign } = await import('@tidemark/shared/compare/align.js');
  const align = parseAlign(flags.align);
  const { compare, writeWhole } = await import('@tidemark/viewer');
  const compared = await compare({
    before: withLogs(sides.before, flags.beforeLog),
    after: withLogs(sides.after, flags.afterLog),
    timezone: flags.timezone ?? null,
    series: flags.series,
    align,
  });
  for (const [at, file] of flags.output.entries()) {
    const size = { width: 1600, height: 900, scale: 1, theme: flags.theme, layout: flags.layout, version: VERSION };
    const format = formats[at]!;
    const bytes = format === 'png' ? await compared.png(size) : new TextEncoder().encode(inFormat(compared, format));
    await writeWhole(file, bytes);
    if (!flags.quiet) process.stderr.write(`tidemark: wrote ${file}\n`);
  }
  if (flags.json) await print(compared.json());
  else if (!flags.quiet) await print(compared.text(process.stdout.columns));
  if (!flags.quiet) for (const remark of compared.remarks) process.stderr.write(`  ${remark}\n`);
}

function inFormat(
  compared: { markdown(): string; text(): string; json(): string },
  format: 'markdown' | 'text' | 'json',
): string {
  return format === 'markdown' ? compared.markdown() : format === 'json' ? compared.json() : compared.text();
}

function sidesOf(before: string | undefined, after: string | undefined, flags: CompareFlags) {
  const sides = {
    before: [...(before === undefined ? [] : [before]), ...(flags.before ?? [])],
    after: [...(after === undefined ? [] : [after]), ...(flags.after ?? [])],
  };
  for (const side of ['before', 'after'] as const) {
    if (sides[side].length === 0) {
      throw new UsageError(
        `compare: no recording ${side}.`,
        'tidemark compare BEFORE AFTER, or --before A1 A2 --after B1 B2',
      );
    }
  }
  return sides;
}

const withLogs = (recordings: readonly string[], logs: readonly string[]) =>
  recordings.map((recording, at) => {
    const own = recordings.length === 1 ? logs : logs[at] === undefined ? [] : [logs[at]];
    return { recording, logs: own };
  });
