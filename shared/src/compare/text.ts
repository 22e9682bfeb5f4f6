// A comparison for a terminal.
import { shortened } from '../words/plain-text.js';
import { textTable } from '../words/text-table.js';
import type { Comparison } from './compare.js';
import { headline, MEASURE_HEAD, measureRow, PHASE_HEAD, phaseRows, type Words } from './words.js';

/** Lines joined by line feeds, the last one included. */
export function comparisonText(comparison: Comparison, { width = 160 }: { readonly width?: number } = {}): string {
  const { before, after, method, remarks } = comparison;
  const lines = [
    headline(comparison),
    '',
    `  before  ${before.map(({ name }) => name).join(', ')}`,
    `  after   ${after.map(({ name }) => name).join(', ')}`,
    '',
    ...measureTable(comparison, width),
  ];
  const phases = phaseRows(comparison);
  if (phases.length > 0) lines.push('', ...phaseTable(phases, width));
  lines.push('', `  ${method}`, ...remarks.map((remark) => `  Note: ${remark}`));
  return `${lines.join('\n')}\n`;
}

/** The verdict is what is looked for: where spreads would push it off the line they are left out. */
function measureTable({ measures }: Comparison, width: number): string[] {
  const whole = textTable([MEASURE_HEAD, ...measures.map((measure) => measureRow(measure))], '  ', WIDEST);
  if (whole.every((line) => line.length <= width)) return whole;
  return textTable([MEASURE_HEAD, ...measures.map((measure) => measureRow(measure, false))], '  ', width);
}

/** The line that a phase begins with stands at the end of its row, or under it where there is no room. */
function phaseTable(phases: readonly Words[], width: number): string[] {
  const rows = phases.map(({ cells, name }) => [...cells, name === null ? '' : shortened(name, 60)]);
  if (width >= LEAST_FOR_NAMES) return textTable([[...PHASE_HEAD, 'from'], ...rows], '  ', width);
  const [head = '', ...lines] = textTable(
    [PHASE_HEAD.slice(0, -1), ...rows.map((cells) => cells.slice(0, -2))],
    '  ',
    width,
  );
  return [
    head,
    ...lines.flatMap((line, at) => [
      line,
      ...(phases[at]!.name === null ? [] : [shortened(`    from ${phases[at]!.name}`, width)]),
    ]),
  ];
}

/** No table is wider. */
const WIDEST = 1000;
const LEAST_FOR_NAMES = 120;
