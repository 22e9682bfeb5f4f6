// Columns of text for a terminal.

/**
 * Columns two spaces apart; the first to the left, figures to the right, a last column of words to the left; lines cut at
 * `width` characters.
 */
export function textTable(rows: readonly (readonly string[])[], indent: string, width = 120): string[] {
  const columns = Math.max(0, ...rows.map((r) => r.length));
  const widths = Array.from({ length: columns }, (_, c) => Math.max(...rows.map((r) => (r[c] ?? '').length)));
  return rows.map((row) => {
    const cells = row.map((cell, c) => {
      if (c === 0) return cell.padEnd(widths[c]!);
      return c === columns - 1 && !/^\d+ %$/.test(cell) ? cell : cell.padStart(widths[c]!);
    });
    const line = (indent + cells.join('  ')).trimEnd();
    return line.length > width ? `${line.slice(0, width - 1)}…` : line;
  });
}
