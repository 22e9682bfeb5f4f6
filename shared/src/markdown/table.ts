// A table in GitHub's Markdown, lined up so that it can be read as it is.

export type Align = 'left' | 'right';

/**
 * Cells are Markdown already: foreign text comes through `inlineCode(text, true)` or `markdownText`. One line a row; none without
 * rows.
 */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[] = [],
): string[] {
  if (rows.length === 0) return [];
  const widths = head.map((name, c) => Math.max(3, name.length, ...rows.map((row) => (row[c] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${widths
      .map((width, c) =>
        (align[c] ?? 'left') === 'right' ? (cells[c] ?? '').padStart(width) : (cells[c] ?? '').padEnd(width),
      )
      .join(' | ')} |`;
  const rule = widths.map((width, c) =>
    (align[c] ?? 'left') === 'right' ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(head), line(rule), ...rows.map(line)];
}
