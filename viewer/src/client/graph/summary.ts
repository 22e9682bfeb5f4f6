// The graph in a few sentences, for who cannot see it and for who wants it said.
import { formatInstant, formatValue } from '@tidemark/shared/chart/captions.js';
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import { nearest } from '@tidemark/shared/chart/readings.js';
import { formatDuration } from '@tidemark/shared/words/durations.js';

export function summaryOf(model: ChartModel): string {
  const { time, lines, peak, limit, phases, marks, notes, events } = model;
  const { panels = [] } = model;
  const said: string[] = [
    `${formatInstant(time.fromMs, time)} to ${formatInstant(time.toMs, time)}, ${formatDuration(time.toMs - time.fromMs)}.`,
  ];
  for (const line of lines) {
    const [first, last] = endsInView(line, time);
    if (first === undefined || last === undefined) said.push(`${line.label}: not measured here.`);
    else said.push(`${line.label} from ${formatValue(first, line.unit)} to ${formatValue(last, line.unit)}.`);
  }
  const names = panels.map(({ name }) => name).filter((name) => name !== '');
  if (names.length > 0) said.push(`Panels of their own: ${names.join(', ')}.`);
  if (lines.length === 0) said.push('No line is shown.');
  if (peak !== null) said.push(`The highest: ${peak.label}.`);
  for (const { text } of model.labels ?? []) said.push(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
  if (limit !== null) said.push(`There is a ${limit.label}.`);
  for (const { kind, timeMs, text } of events)
    if (kind === 'oom-kill') said.push(`OOM kill ${formatInstant(timeMs, time)}: ${text}.`);
  if (phases.length > 0) said.push(`${plural(phases.length, 'phase')}: ${phases.map((p) => p.label).join(', ')}.`);
  const shown = marks.filter(({ timeMs }) => timeMs >= time.fromMs && timeMs <= time.toMs);
  const entries = shown.reduce((sum, mark) => sum + mark.count, 0);
  if (entries > 0) said.push(`${plural(entries, 'log entry', 'log entries')}.`);
  const emphasised = shown.filter((mark) => mark.emphasis).length;
  if (emphasised > 0) said.push(`${plural(emphasised, 'mark')} emphasised.`);
  if (notes.length > 0) said.push(`${plural(notes.length, 'note')}.`);
  return said.join(' ');
}

/** The first and the last value in view. */
function endsInView({ times, values }: ChartModel['lines'][number], { fromMs, toMs }: ChartModel['time']) {
  let first: number | undefined;
  let last: number | undefined;
  for (let i = Math.max(0, nearest(times, fromMs)); i < times.length && (times[i] as number) <= toMs; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value) || (times[i] as number) < fromMs) continue;
    first ??= value;
    last = value;
  }
  return [first, last];
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
