// `tidemark scale`: runs a job at growing sizes, records each run, and fits how memory grows.
import { basename, join } from 'node:path';
import { UsageError } from '@tidemark/shared/errors.js';
import { scaledJson, scaledMarkdown, scaledText } from '@tidemark/shared/scaling/words.js';
import { parseBytes } from '@tidemark/shared/words/bytes.js';
import { Command } from 'commander';
import { formatFor } from '../output-format.js';
import { print } from '../print.js';
import { repeatable } from '../repeatable.js';
import { VERSION } from '../version.js';
import { interval } from './recording-options.js';

interface ScaleFlags {
  sizes?: string;
  from?: string[];
  repeat: string;
  limit?: string;
  series: string[];
  interval: string;
  timezone?: string;
  json: boolean;
  output?: string;
}

/** 128 and HUP, INT, QUIT, TERM: somebody wants it to end, not the next size. */
const INTERRUPTED: ReadonlySet<number> = new Set([129, 130, 131, 143]);

type ScaledRun = { size: number; recording: string; failed: string | null };

export function scaleCommand(): Command {
  return new Command('scale')
    .description('Run a job at growing input, record each run, and fit how its memory grows with the size.')
    .usage('--sizes 1,2,4,8 [options] -- CMD {}')
    .argument('[command...]', 'the job, behind a bare --; {} in it stands for the size')
    .option('--sizes <list>', 'sizes above 0: 1,2,4,8')
    .option(
      '--from <recordings...>',
      'fit recordings that are there instead, in the order of --sizes, or as SIZE=RECORDING',
    )
    .option('--repeat <n>', 'runs for each size', '1')
    .option('--limit <size>', 'predict the largest size whose peak stays under it: 8GiB')
    .option(
      '--series <name=pattern>',
      "a figure that the program prints of its own memory: 'heap=heapUsed=(?<value>[\\d.]+) ?(?<unit>MB)' (repeatable)",
      repeatable,
      [],
    )
    .option('-i, --interval <time>', 'time between samples', '100ms')
    .option('--timezone <zone>', 'zone of log stamps and CSV times that name none')
    .option(
      '--json',
      'print JSON, format 1 (docs/json.md); the job prints to stdout too, -o x.json keeps them apart',
      false,
    )
    .option('-o, --output <file>', 'write .md, .txt or .json')
    .passThroughOptions()
    .addHelpText(
      'after',
      '\nExit code: 0 fitted, 1 when a run failed (it is left out of the fit), 128+N when signal N interrupted it.',
    )
    .action(scaleAction);
}

async function scaleAction(command: string[], flags: ScaleFlags): Promise<void> {
  const limitBytes = flags.limit === undefined ? null : parseBytes(flags.limit);
  if (flags.limit !== undefined && limitBytes === null)
    throw new UsageError(`--limit: expected a size such as 8GiB, found ${flags.limit}`);
  const format = flags.output === undefined ? null : formatFor(flags.output, 'scale', ['markdown', 'text', 'json']);
  const runs = flags.from === undefined ? await runAll(command, flags) : recorded(flags.from, flags.sizes, command);
  if (runs === null) return;
  const { scale, writeWhole } = await import('@tidemark/viewer');
  const scaled = await scale({ runs, series: flags.series, limitBytes, timezone: flags.timezone ?? null });
  if (runs.some(({ failed }) => failed !== null)) process.exitCode = 1;
  const json = `${JSON.stringify(scaledJson(scaled))}\n`;
  if (flags.output !== undefined) {
    const text =
      format === 'json'
        ? json
        : format === 'text'
          ? scaledText(scaled)
          : scaledMarkdown(scaled, command.join(' ') || 'recordings');
    await writeWhole(flags.output, new TextEncoder().encode(text));
    process.stderr.write(`tidemark: wrote ${flags.output}\n`);
  }
  await print(flags.json ? json : scaledText(scaled));
}

/** Null when a person interrupted it: nothing is fitted then, the recordings stay. */
async function runAll(command: string[], flags: ScaleFlags): Promise<ScaledRun[] | null> {
  const sizes = sizesFrom(flags.sizes);
  if (command.length === 0) throw new UsageError('scale: no command given.', 'tidemark scale --sizes 1,2,4 -- CMD {}');
  if (!command.some((word) => word.includes('{}')))
    throw new UsageError('scale: the command has no {} for the size.', 'tidemark scale --sizes 1,2,4 -- CMD {}');
  const repeat = Number(flags.repeat);
  if (!(Number.isInteger(repeat) && repeat >= 1 && repeat <= 100))
    throw new UsageError(`--repeat: expected a whole number from 1 to 100, found ${flags.repeat}`);
  const intervalMs = interval(flags.interval);
  const { runJob } = await import('@tidemark/recorder');
  const stamp = new Date()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '');
  const name = basename(command[0]!)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, 40);
  const runs: ScaledRun[] = [];
  for (const size of sizes) {
    for (let n = 1; n <= repeat; n++) {
      const which = repeat === 1 ? `size ${size}` : `size ${size}, run ${n}`;
      const recording = join('tidemark-runs', `${stamp}-${name}-size-${size}${repeat === 1 ? '' : `-run-${n}`}`);
      process.stderr.write(`tidemark: ${which}\n`);
      const code = await runJob({
        command: command.map((word) => word.replaceAll('{}', String(size))),
        intervalMs,
        output: recording,
        label: `${name} ${which}`,
        logs: [],
        quiet: true,
        unbuffer: true,
        version: VERSION,
      });
      if (INTERRUPTED.has(code)) {
        process.stderr.write('tidemark: interrupted; the recordings so far are kept, nothing is fitted\n');
        process.exitCode = code;
        return null;
      }
      // It never ran: neither will the next.
      if (code === 126 || code === 127) {
        process.exitCode = code;
        return null;
      }
      if (code !== 0) process.stderr.write(`tidemark: ${which} failed (exit ${code}); it is left out of the fit\n`);
      runs.push({ size, recording, failed: code === 0 ? null : `exit ${code}` });
    }
  }
  return runs;
}

/** "4=runs/x", or recordings in the order of --sizes. */
function recorded(from: readonly string[], list: string | undefined, command: readonly string[]): ScaledRun[] {
  if (command.length > 0) throw new UsageError('scale: --from fits recordings that are there; give it or a command.');
  if (list === undefined) {
    return from.map((one) => {
      const match = /^(\d+(?:\.\d+)?)=(.+)$/s.exec(one);
      const size = Number(match?.[1]);
      if (match === null || !(size > 0))
        throw new UsageError(`--from ${one}: expected SIZE=RECORDING, or --sizes for all.`);
      return { size, recording: match[2]!, failed: null };
    });
  }
  const sizes = sizesFrom(list);
  if (sizes.length !== from.length)
    throw new UsageError(`--sizes names ${sizes.length} sizes, --from ${from.length} recordings.`);
  return from.map((recording, at) => ({ size: sizes[at]!, recording, failed: null }));
}

function sizesFrom(list: string | undefined): number[] {
  if (list === undefined) throw new UsageError('scale: no sizes given.', 'Example: --sizes 1,2,4,8');
  return list.split(',').map((text) => {
    const size = Number(text);
    if (text.trim() === '' || !(size > 0 && Number.isFinite(size)))
      throw new UsageError(`--sizes: expected numbers above 0, found "${text}"`);
    return size;
  });
}
