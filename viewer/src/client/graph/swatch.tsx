// A short piece of a line as it is on the graph: colour, weight and dash.
import { type LineLook, lineStyle } from '../../chart/palette.js';
import { palette } from '../state/theme.js';

export function Swatch({ line }: { line: LineLook }) {
  const { colour, width, dash } = lineStyle(palette.value, line);
  return (
    <svg class="swatch" viewBox="0 0 18 8" aria-hidden="true">
      <line x1="1" x2="17" y1="4" y2="4" stroke={colour} stroke-width={width + 1} stroke-dasharray={dash.join(' ')} />
    </svg>
  );
}
