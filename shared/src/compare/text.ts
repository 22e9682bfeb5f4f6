// A comparison for a terminal.
import { shortened } from '../words/plain-text.js';
import { textTable } from '../words/text-table.js';
import type { Comparison } from './compare.js';
import { headline, MEASURE_HEAD, measureRow, PHASE_HEAD, phaseRows } from './words.js';

/** Lines joined by line feeds, the last one included. */
export function comparisonText(comparison: Comparison, { width = 160 }: { readonly width?: number } = {}): string {
  const { before, after, measures, method, remarks } = comparison;
  const lines = [
    headline(comparison),
    '',
    `  before  ${before.map(({ name }) => name).join(', ')}`,
    `  after   ${after.map(({ name }) => name).join(', ')}`,
    '',
    ...textTable([MEASURE_HEAD, ...measures.map(measureRow)], '  ', width),
  ];
  const phases = phaseRows(comparison);
  if (phases.length > 0) {
    const rows = phases.map(({ cells, name }) => [...cells, name === null ? '' : shortened(name, 60)]);
    lines.push('', ...textTable([[...PHASE_HEAD, 'from'], ...rows], '  ', width));
  }
  lines.push('', `  ${method}`, ...remarks.map((remark) => `  Note: ${remark}`));
  return `${lines.join('\n')}\n`;
}
