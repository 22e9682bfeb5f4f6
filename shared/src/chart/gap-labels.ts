// What the gap comes to at the peak and at rest, written beside its line. The figures are those of the report and of the findings.
import { formatBytes } from '../words/bytes.js';
import type { ChartLabel, TimeAxis } from './model.js';
import type { ShownRecording } from './shown.js';
import { timeOrigin } from './time-axis.js';

/** None while the line is not shown, and where it is not the gap that was told of. */
export function gapLabels({ recording, columns, gap }: ShownRecording, time: TimeAxis): ChartLabel[] {
  const line = recording.columns.find((column) => column.gap !== undefined && columns.includes(column.name));
  const counted = recording.columns.find(({ name }) => name === line?.gap?.counted);
  if (!gap || line === undefined || counted === undefined) return [];
  const { figure } = counted;
  const same =
    gap.charged === line.gap?.charged &&
    gap.counted.name === (figure?.name ?? counted.name) &&
    gap.counted.log === (figure?.log ?? null);
  if (!same) return [];
  const origin = timeOrigin(recording, time.clock);
  const { peak, rest } = gap;
  return (
    [{ at: 'the peak', ...peak }, ...(rest === peak ? [] : [{ at: 'rest', ...rest }])]
      .map(({ at, fromMs, toMs, gapBytes }) => ({
        line: `${recording.id}/${line.name}`,
        fromMs: fromMs - origin,
        toMs: toMs - origin,
        value: gapBytes,
        text: `gap at ${at} ${formatBytes(gapBytes)}`,
      }))
      // A last count above what is charged is out of date, as while a job ends: the line has no gap there either.
      .filter(({ value, fromMs, toMs }) => value >= 0 && toMs >= time.fromMs && fromMs <= time.toMs)
  );
}
