// A line of values in one line of text.

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * At most `width` block characters, first value to last. A cell shows the highest of its values, so that a spike is seen
 * however short it was; a cell in which nothing was measured (NaN) is a space. Heights count from 0, as on the graph:
 * memory that moves by a hundredth looks level, because it is.
 */
export function sparkline(values: ArrayLike<number>, width: number): string {
  const cells = Math.max(0, Math.min(Math.floor(width), values.length));
  const highest = new Float64Array(cells).fill(Number.NaN);
  let top = Number.NEGATIVE_INFINITY;
  let bottom = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    const cell = Math.floor((i * cells) / values.length);
    if (!(highest[cell]! >= value)) highest[cell] = value;
    if (value > top) top = value;
    if (value < bottom) bottom = value;
  }
  const height = top - bottom;
  let line = '';
  for (const value of highest) {
    if (Number.isNaN(value)) line += ' ';
    else line += BLOCKS[height > 0 ? Math.min(7, Math.floor(((value - bottom) / height) * 8)) : 0];
  }
  return line;
}
