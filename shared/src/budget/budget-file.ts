// tidemark.budget.json: {"format":1,"max_peak":"500MiB","phases":{"load":"300MiB"},"baseline":"runs/good","tolerance":"5%"}.
import { UsageError } from '../errors.js';
import { type Budget, readCount, readRate, readSize, readTolerance } from './budget.js';

export const BUDGET_FILE = 'tidemark.budget.json';

export interface BudgetFile {
  readonly budget: Budget;
  /** As written: relative to the file. */
  readonly baselines: readonly string[];
}

const KEYS = ['format', 'max_peak', 'max_final', 'max_growth', 'max_oom', 'phases', 'baseline', 'tolerance'];

/** Throws UsageError, which names the file and the key, for anything that is not understood: a typo must not pass as "held". */
export function readBudgetFile(text: string, file: string): BudgetFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: expected JSON: ${(error as Error).message}`);
  }
  if (!isObject(value)) throw new UsageError(`${file}: expected one JSON object.`);
  const strange = Object.keys(value).find((key) => !KEYS.includes(key));
  if (strange !== undefined)
    throw new UsageError(`${file}: there is no budget "${strange}".`, `There are ${KEYS.join(', ')}.`);
  const format = value.format ?? 1;
  if (format !== 1) throw new UsageError(`${file}: expected format 1, found ${JSON.stringify(format)}.`);
  const at = (key: string): string => `${file}: ${key}`;
  const phases = value.phases ?? {};
  if (!isObject(phases)) throw new UsageError(`${at('phases')}: expected an object such as {"load": "300MiB"}.`);
  const baseline = value.baseline ?? [];
  const baselines = Array.isArray(baseline) ? baseline : [baseline];
  if (!baselines.every((one) => typeof one === 'string'))
    throw new UsageError(`${at('baseline')}: expected a path or a list of paths.`);
  return {
    budget: {
      ...(value.max_peak === undefined ? {} : { maxPeakBytes: readSize(at('max_peak'), value.max_peak) }),
      ...(value.max_final === undefined ? {} : { maxFinalBytes: readSize(at('max_final'), value.max_final) }),
      ...(value.max_growth === undefined
        ? {}
        : { maxGrowthBytesPerHour: readRate(at('max_growth'), value.max_growth) }),
      ...(value.max_oom === undefined ? {} : { maxOomKills: readCount(at('max_oom'), value.max_oom) }),
      phases: Object.entries(phases).map(([phase, size]) => ({
        phase,
        maxGrowthBytes: readSize(at(`phases.${phase}`), size),
      })),
      ...(value.tolerance === undefined ? {} : { tolerance: readTolerance(at('tolerance'), value.tolerance) }),
    },
    baselines: baselines as string[],
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
