// `tidemark check`: does memory stay within its budget? For CI.
import { appendFile, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import {
  type Budget,
  isEmpty,
  readCount,
  readPhase,
  readRate,
  readSize,
  readTolerance,
} from '@tidemark/shared/budget/budget.js';
import { BUDGET_FILE, type BudgetFile, readBudgetFile } from '@tidemark/shared/budget/budget-file.js';
import { annotations, checkJson, checkMarkdown, checkText, outcomeOf } from '@tidemark/shared/budget/words.js';
import { UnavailableError, UsageError } from '@tidemark/shared/errors.js';
import { Command } from 'commander';
import { print } from '../print.js';
import { repeatable } from '../repeatable.js';

interface CheckFlags {
  maxPeak?: string;
  maxFinal?: string;
  maxGrowth?: string;
  maxOom?: string;
  phase: string[];
  baseline: string[];
  tolerance?: string;
  budget?: string | boolean;
  log: string[];
  timezone?: string;
  json: boolean;
  github: boolean;
  quiet: boolean;
}

/** A budget was broken; something budgeted was not measured. */
const EXITS = { held: 0, broken: 3, 'not-measured': 1 } as const;

export function checkCommand(): Command {
  return new Command('check')
    .description('Check recordings against a memory budget; of several the median counts.')
    .argument('[recording...]', 'recordings, or CSVs with a time column; default: the latest recording')
    .option('--max-peak <size>', 'the highest value known: 500MiB')
    .option('--max-final <size>', 'the last value')
    .option('--max-growth <rate>', 'the trend once the job has settled: 2MiB/h')
    .option('--max-oom <count>', 'kills for want of memory, usually 0')
    .option(
      '--phase <name<size>',
      "growth in a phase, named by its log line or kind: 'load<300MiB' (repeatable)",
      repeatable,
      [],
    )
    .option(
      '--baseline <recording>',
      'peak and final may not be above those of this one (repeatable: the median)',
      repeatable,
      [],
    )
    .option('--tolerance <share>', 'how far above the baseline: 5% (default) or 20MiB')
    .option('--budget <file>', `budgets to read (default: ${BUDGET_FILE} where there is one); options go before it`)
    .option('--no-budget', `do not read ${BUDGET_FILE}`)
    .option('--log <file>', 'a log of the run; of several runs the first gets the first', repeatable, [])
    .option('--timezone <zone>', 'zone of log stamps and CSV times that name none')
    .option('--json', 'print JSON, format 1 (docs/json.md)', false)
    .option('--github', 'write a job summary to $GITHUB_STEP_SUMMARY and annotations to stdout', false)
    .option('-q, --quiet', 'print only what did not hold', false)
    .addHelpText(
      'after',
      '\nExit code: 0 all held, 3 a budget is broken, 1 something budgeted was not measured, 2 usage.',
    )
    .action(checkAction);
}

async function checkAction(recordings: string[], flags: CheckFlags): Promise<void> {
  const file = await budgetFile(flags.budget);
  const budget: Budget = { ...file?.budget, ...budgetOf(flags, file?.budget) };
  const baselines = flags.baseline.length > 0 ? flags.baseline : (file?.baselines ?? []);
  if (isEmpty(budget, baselines.length)) {
    throw new UsageError('check: there is no budget to hold.', `Example: --max-peak 500MiB, or a ${BUDGET_FILE}`);
  }
  if (budget.tolerance !== undefined && baselines.length === 0) {
    throw new UsageError(
      'check: a tolerance goes with a baseline, and there is none.',
      'Example: --baseline runs/good',
    );
  }
  const { check } = await import('@tidemark/viewer');
  const { log: logs, timezone = null } = flags;
  const { findings, runs, remarks } = await check({ recordings, logs, baselines, budget, timezone });
  const outcome = outcomeOf(findings);
  process.exitCode = EXITS[outcome];
  if (flags.json) await print(`${JSON.stringify(checkJson(findings, runs))}\n`);
  else if (!flags.quiet || outcome !== 'held') await print(checkText(findings, runs, { brokenOnly: flags.quiet }));
  if (!flags.quiet) for (const remark of remarks) process.stderr.write(`  ${remark}\n`);
  if (!flags.github) return;
  // With --json stdout is one object; the runner reads commands from stderr as well.
  if (flags.json) process.stderr.write(annotations(findings));
  else await print(annotations(findings));
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (!summary) {
    process.stderr.write('tidemark: GITHUB_STEP_SUMMARY is not set: no job summary was written\n');
    return;
  }
  await appendFile(summary, `${checkMarkdown(findings, runs)}\n`).catch((error: Error) => {
    throw new UnavailableError(`${summary}: the job summary cannot be written: ${error.message}`);
  });
}

/** What stands on the command line; phases there come besides those of the file, and replace one of the same name. */
function budgetOf(flags: CheckFlags, file: Budget | undefined): Budget {
  const phases = flags.phase.map(readPhase);
  const kept = (file?.phases ?? []).filter(({ phase }) => !phases.some((one) => one.phase === phase));
  return {
    ...(flags.maxPeak === undefined ? {} : { maxPeakBytes: readSize('--max-peak', flags.maxPeak) }),
    ...(flags.maxFinal === undefined ? {} : { maxFinalBytes: readSize('--max-final', flags.maxFinal) }),
    ...(flags.maxGrowth === undefined ? {} : { maxGrowthBytesPerHour: readRate('--max-growth', flags.maxGrowth) }),
    ...(flags.maxOom === undefined ? {} : { maxOomKills: readCount('--max-oom', flags.maxOom) }),
    phases: [...kept, ...phases],
    ...(flags.tolerance === undefined ? {} : { tolerance: readTolerance('--tolerance', flags.tolerance) }),
  };
}

/** Null without one. A file that was named must be there. */
async function budgetFile(named: string | boolean | undefined): Promise<BudgetFile | null> {
  if (named === false) return null;
  const path = typeof named === 'string' ? named : BUDGET_FILE;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (typeof named !== 'string' && (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `${path}: ${code === 'ENOENT' ? 'there is no such file' : `the budget cannot be read: ${message}`}.`,
    );
  }
  const { budget, baselines } = readBudgetFile(text, path);
  return { budget, baselines: baselines.map((one) => (isAbsolute(one) ? one : join(dirname(path), one))) };
}
