import { UsageError } from '@tidemark/shared/errors.js';
import { Command, Option } from 'commander';
import { repeatable } from '../repeatable.js';
import { VERSION } from '../version.js';

interface Options {
  output: string;
  log: string[];
  width: number;
  height: number;
  scale: number;
  since?: string;
  until?: string;
  theme: 'light' | 'dark';
  title?: string;
  timezone?: string;
  column: string[];
  elapsed: boolean;
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
    .description('Draw the annotated graph of a recording as a PNG, without browser or display.')
    .argument(
      '[recording...]',
      'a recording, or any CSV with a time column; several are laid over each other (default: the latest recording)',
    )
    .requiredOption('-o, --output <file>', 'the picture to write: a .png file')
    .option('--log <file>', 'a log of the same run; may be given several times', repeatable, [])
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
    .option('--title <text>', 'headline instead of the label or the name')
    .option('--column <name>', 'draw this column; may be given several times', repeatable, [])
    .option('--elapsed', 'count from the start instead of showing the time of day', false)
    .option('--timezone <zone>', 'zone of the times shown and of log times that name none: Europe/Berlin, UTC, +02:00')
    .option('-q, --quiet', 'say nothing', false)
    .action(async (recordings: string[], options: Options) => {
      const { exportPicture } = await import('@tidemark/viewer');
      const { output, log, column, elapsed, quiet, ...rest } = options;
      const { width, height, remarks } = await exportPicture({
        ...rest,
        recordings,
        logs: log,
        out: output,
        version: VERSION,
        ...(column.length === 0 ? {} : { columns: column }),
        ...(elapsed ? { clock: 'elapsed' as const } : {}),
      });
      if (quiet) return;
      process.stderr.write(`tidemark: wrote ${output}, ${width} x ${height} pixels\n`);
      for (const remark of remarks) process.stderr.write(`  ${remark}\n`);
    });
}
