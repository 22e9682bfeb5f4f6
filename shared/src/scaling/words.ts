// A scaling for people and for programs.
import { inlineCode, markdownText } from '../markdown/escape.js';
import { markdownTable } from '../markdown/table.js';
import { formatBytes } from '../words/bytes.js';
import { textTable } from '../words/text-table.js';
import type { Scaling } from './fit.js';
import type { LargestSize } from './predict.js';

/** One run. Bytes by figure; a failed run has what was recorded until it failed, and counts in no fit. */
export interface ScaledRun {
  readonly size: number;
  readonly recording: string;
  readonly bytes: Readonly<Record<string, number>>;
  /** "exit 1"; null for a run that went well. */
  readonly failed: string | null;
}

export interface ScaledFigure {
  /** "peak", or the name of what the program prints of itself. */
  readonly figure: string;
  readonly scaling: Scaling;
  readonly largest: LargestSize | null;
}

export interface Scaled {
  readonly runs: readonly ScaledRun[];
  /** The peak first. */
  readonly figures: readonly ScaledFigure[];
}

const rows = ({ runs, figures }: Scaled): string[][] =>
  runs.map((run) => [
    number(run.size),
    ...figures.map(({ figure }) => (run.bytes[figure] === undefined ? '-' : formatBytes(run.bytes[figure]))),
    run.failed === null ? '' : `failed: ${run.failed}`,
  ]);
const head = ({ figures }: Scaled): string[] => ['size', ...figures.map(({ figure }) => figure), ''];

/** Lines joined by line feeds, the last one included. */
export function scaledText(scaled: Scaled): string {
  const lines = textTable([head(scaled), ...rows(scaled)], '  ');
  for (const one of scaled.figures)
    lines.push('', ...inWords(one).map((line, at) => (at === 0 ? `  ${line}` : `    ${line}`)));
  return `${lines.join('\n')}\n`;
}

/** Lines joined by line feeds, the last one included. */
export function scaledMarkdown(scaled: Scaled, command: string): string {
  return `${[
    `### Memory of ${inlineCode(command)} by size`,
    '',
    ...markdownTable(
      head(scaled).map(markdownText),
      rows(scaled).map((cells) => cells.map(markdownText)),
      ['right', ...scaled.figures.map(() => 'right' as const), 'left'],
    ),
    '',
    ...scaled.figures.map((one) => {
      const [said, ...rest] = inWords(one).map(markdownText);
      return `- ${[`${said}.`, ...rest].join(' ')}`;
    }),
  ].join('\n')}\n`;
}

function inWords({ figure, scaling, largest }: ScaledFigure): string[] {
  const { best, growth, why } = scaling;
  if (best === null) return [`${figure}: ${why}`];
  const per = best.perUnitBytes === 0 ? '' : ` + ${formatBytes(best.perUnitBytes)} x ${UNIT[best.model.name]}`;
  const lines = [`${figure}: ${growth ?? 'shape unknown'}, ${formatBytes(best.fixedBytes)} fixed${per}`, why];
  if (largest !== null) lines.push(largestInWords(largest));
  return lines;
}

const UNIT = {
  constant: '',
  linear: 'size',
  log: 'log(size)',
  'n-log-n': 'size log(size)',
  quadratic: 'size^2',
} as const;

function largestInWords({ limitBytes, size, low, high, beyond }: LargestSize): string {
  const limit = formatBytes(limitBytes);
  if (size === null) return `It stays under ${limit} at any size, as far as the model holds.`;
  const range =
    low === null
      ? ' (no interval: too few points)'
      : ` (95 %: ${number(low)} to ${high === null ? 'no end' : number(high)})`;
  const far = beyond > 10 ? ` That is ${Math.round(beyond)} times beyond what was measured: measure nearer to it.` : '';
  return `The largest size under ${limit} is about ${number(size)}${range}.${far}`;
}

const number = (value: number): string => String(Number(value.toPrecision(4)));

/** Format 1, docs/json.md. `verdict` and `bytes_per_x` are those of the peak. */
export function scaledJson({ runs, figures }: Scaled): Record<string, unknown> {
  const peak = figures[0]?.scaling;
  return {
    format: 1,
    verdict: peak?.growth ?? null,
    bytes_per_x: peak?.best?.model.name === 'linear' ? Math.round(peak.best.perUnitBytes) : null,
    runs: runs.map(({ size, recording, bytes, failed }) => ({ size, recording, failed, bytes })),
    figures: figures.map(({ figure, scaling, largest }) => ({
      figure,
      verdict: scaling.growth,
      conclusive: scaling.conclusive,
      model: scaling.best?.model.name ?? null,
      also: scaling.also,
      fixed_bytes: scaling.best === null ? null : Math.round(scaling.best.fixedBytes),
      per_unit_bytes: scaling.best === null ? null : Math.round(scaling.best.perUnitBytes),
      why: scaling.why,
      largest:
        largest === null
          ? null
          : { limit_bytes: largest.limitBytes, size: largest.size, low: largest.low, high: largest.high },
    })),
  };
}
