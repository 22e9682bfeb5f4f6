// Which column a report is about, which one knows its peaks, and which one is the program's own count.
import { columnNamed } from '../recording/columns.js';
import type { SeriesColumn } from '../series/series.js';

/** From what the person asked about to what merely contains it. */
const FIRST_CHOICES = ['job_rss_bytes', 'container_current_bytes', 'machine_used_bytes'] as const;

const PEAK_OF: Readonly<Record<string, readonly string[]>> = {
  job_rss_bytes: ['job_peak_bytes'],
  container_current_bytes: ['container_peak_bytes'],
};

/**
 * The column of bytes that leads: the job's, else the container's, else the machine's, else the file's first one that is no
 * peak and no limit. `measured` leaves out columns without a value. Null when nothing counts bytes.
 */
export function leadingColumn(
  columns: readonly SeriesColumn[],
  measured: (name: string) => boolean = () => true,
): SeriesColumn | null {
  const bytes = columns.filter((c) => c.unit === 'bytes' && measured(c.name));
  for (const name of FIRST_CHOICES) {
    const column = bytes.find((c) => c.name === name);
    if (column !== undefined) return column;
  }
  const current = bytes.filter((c) => !/peak|limit|total|available|free/i.test(c.name));
  const resident = current.find((c) =>
    /(?:^|[^a-z])(?:rss|res|resident|real|working set)(?:$|[^a-z])/i.test(c.name.replace(/_/g, ' ')),
  );
  return resident ?? current[0] ?? bytes[0] ?? null;
}

/** The column that holds the highest value since the sample before, for a column of ours. */
export function peakColumn(leading: SeriesColumn, columns: readonly SeriesColumn[]): SeriesColumn | null {
  for (const name of PEAK_OF[leading.name] ?? []) {
    const column = columns.find((c) => c.name === name);
    if (column !== undefined) return column;
  }
  return null;
}

/** The column in which the program itself says what it holds; null when there is none. */
export function ownColumn(columns: readonly SeriesColumn[]): SeriesColumn | null {
  return (
    columns.find(
      (c) =>
        c.unit === 'bytes' && /(?:^|[^a-z])(?:heap|managed|allocated)(?:$|[^a-z])/i.test(c.name.replaceAll('_', ' ')),
    ) ?? null
  );
}

/** Words for a column: "Job RSS", or its own name. */
export function labelOf(name: string): string {
  return columnNamed(name)?.label ?? name;
}
