// The lines of a graph as a CSV: what is in view, as it was drawn. Where the view is thinned the points are too, each at its true time.
import type { ChartLine, ChartModel } from './model.js';

/**
 * `time` (RFC 3339 UTC) or `elapsed_s` first, then one column a line, its peaks behind it. A cell is empty where a line has no point at that
 * instant. Sizes are bytes. Ends in a line feed.
 */
export function shownCsv({ time, lines: shown, panels = [] }: ChartModel): string {
  const lines = [
    ...shown,
    ...panels.flatMap((panel) => panel.lines).filter(({ id }) => shown.every((line) => line.id !== id)),
  ];
  const several = new Set(lines.map(({ recording }) => recording)).size > 1;
  const columns = lines.flatMap((line) => columnsOf(line, several));
  const rows = new Map<number, string[]>();
  for (const [c, { times, values }] of columns.entries()) {
    for (let i = 0; i < times.length; i++) {
      const at = times[i] as number;
      const value = values[i] as number;
      if (Number.isNaN(value) || at < time.fromMs || at > time.toMs) continue;
      let row = rows.get(at);
      if (row === undefined) {
        row = new Array<string>(columns.length).fill('');
        rows.set(at, row);
      }
      row[c] = String(value);
    }
  }
  const head = [time.clock === 'wall' ? 'time' : 'elapsed_s', ...columns.map(({ name }) => quoted(name))];
  const stamp = (at: number): string =>
    time.clock === 'wall' ? new Date(at).toISOString() : String(Math.round(at) / 1000);
  const body = [...rows].sort(([a], [b]) => a - b).map(([at, cells]) => [stamp(at), ...cells].join(','));
  return `${[head.join(','), ...body].join('\n')}\n`;
}

interface ShownColumn {
  readonly name: string;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** A recording's name stands before its columns where there are several recordings. */
function columnsOf({ id, column, label, times, values, peak }: ChartLine, several: boolean): ShownColumn[] {
  const name = several ? `${label} (${id})` : column;
  return [{ name, times, values }, ...(peak === null ? [] : [{ name: peakName(name), ...peak }])];
}

/** The unit stays at the end, where readers look for it. */
const peakName = (name: string): string =>
  name.endsWith('_bytes') ? name.replace(/_bytes$/, '_peak_bytes') : `${name} peak`;

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
