// Stretches of time as people write and read them.

/** "420 ms", "12.4 s", "4:10", "1:04:10", "2 d 3:04:10". */
export function formatDuration(ms: number): string {
  const size = Math.abs(ms);
  const sign = ms < 0 ? '-' : '';
  if (size < 999.5) return `${sign}${Math.round(size)} ms`;
  if (size < 59_950) return `${sign}${(size / 1000).toFixed(1)} s`;
  const s = Math.round(size / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const days = Math.floor(s / 86_400);
  const hours = Math.floor((s % 86_400) / 3600);
  const minutes = Math.floor((s % 3600) / 60);
  const clock = days > 0 || hours > 0 ? `${hours}:${two(minutes)}:${two(s % 60)}` : `${minutes}:${two(s % 60)}`;
  return `${sign}${days > 0 ? `${days} d ` : ''}${clock}`;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Reads "100ms", "1s", "1.5h", "2d"; a bare number is seconds. Milliseconds, or null when it is none of these. */
export function parseDuration(text: string): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|min|h|d)?\s*$/.exec(text);
  if (match === null) return null;
  return Number(match[1]) * (UNIT_MS[match[2] ?? 's'] ?? Number.NaN);
}

/**
 * A stretch on a clock that counts from the start: "00:00-04:10", "1:04:10-2:00:00"; under two minutes with tenths,
 * "1.4-2.0 s".
 */
export function formatStretch(fromMs: number, toMs: number): string {
  if (Math.max(Math.abs(fromMs), Math.abs(toMs)) < 119_950) return `${seconds(fromMs)}-${seconds(toMs)} s`;
  return `${clock(fromMs)}-${clock(toMs)}`;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1).replace(/^-0\.0$/, '0.0');

function clock(ms: number): string {
  const s = Math.round(Math.abs(ms) / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(s / 3600);
  const rest = `${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`;
  return `${ms < -500 ? '-' : ''}${hours > 0 ? `${hours}:` : ''}${rest}`;
}
