// A comparison as Markdown, for a pull request.
import { inlineCode, markdownText } from '../markdown/escape.js';
import { markdownTable } from '../markdown/table.js';
import type { Comparison } from './compare.js';
import type { Run } from './run.js';
import { headline, MEASURE_HEAD, measureRow, PHASE_HEAD, phaseRows } from './words.js';

const RIGHT = ['left', 'right', 'right', 'right', 'right', 'left', 'right', 'left'] as const;

/** Lines joined by line feeds, the last one included. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { before, after, measures, method, remarks } = comparison;
  const names = (runs: readonly Run[]): string => runs.map(({ name }) => inlineCode(name)).join(', ');
  const phases = phaseRows(comparison);
  const lines = [
    `**${headline(comparison)}**`,
    '',
    `Before: ${names(before)}. After: ${names(after)}.`,
    '',
    ...markdownTable(
      MEASURE_HEAD,
      measures.map((measure) => measureRow(measure)),
      RIGHT,
    ),
    ...(phases.length === 0
      ? []
      : [
          '',
          ...markdownTable(
            [...PHASE_HEAD, 'from'],
            phases.map(({ cells, name }) => [...cells, name === null ? '' : inlineCode(name, true)]),
            RIGHT,
          ),
        ]),
    '',
    `<sub>${markdownText(method)}</sub>`,
    ...remarks.flatMap((remark) => ['', `Note: ${markdownText(remark)}`]),
  ];
  return `${lines.join('\n')}\n`;
}
