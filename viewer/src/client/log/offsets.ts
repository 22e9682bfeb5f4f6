// A shift of a log's clock as people write it: "+1:00:00", "-0:30", "90s", "1.5h", "-250ms".
import { parseDuration } from '@tidemark/shared/words/durations.js';

/** "+1:00:00", "-0:00:30", "+0:00:00.250"; "0:00:00" for none. */
export function formatShift(ms: number): string {
  const size = Math.abs(Math.round(ms));
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const clock = `${Math.floor(size / 3_600_000)}:${two((size % 3_600_000) / 60_000)}:${two((size % 60_000) / 1000)}`;
  const rest = size % 1000 === 0 ? '' : `.${String(size % 1000).padStart(3, '0')}`;
  return `${ms < 0 ? '-' : ms > 0 ? '+' : ''}${clock}${rest}`;
}

/** Milliseconds; null when it is none of the shapes above. "1:30" is an hour and a half, as a zone's offset is written. */
export function parseShift(text: string): number | null {
  const [, sign, size] = /^\s*([+\-−]?)\s*(.+?)\s*$/.exec(text) ?? [];
  if (size === undefined) return null;
  const clock = /^(\d{1,5}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,3}))?)?$/.exec(size);
  let ms: number | null;
  if (clock !== null) {
    const [, hours, minutes, seconds = '0', fraction = ''] = clock;
    if (Number(minutes) > 59 || Number(seconds) > 59) return null;
    ms = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000 + Number(fraction.padEnd(3, '0'));
  } else ms = parseDuration(size);
  if (ms === null) return null;
  return (sign === '-' || sign === '−' ? -ms : ms) + 0; // no -0
}

/** What a key moves a log by: arrows a second, with Shift a minute, Page Up and Page Down an hour. Null for other keys. */
export function stepOfKey({
  key,
  shiftKey,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>): number | null {
  if (ctrlKey || metaKey || altKey) return null;
  const small = shiftKey ? 60_000 : 1000;
  if (key === 'ArrowUp' || key === 'ArrowRight') return small;
  if (key === 'ArrowDown' || key === 'ArrowLeft') return -small;
  return key === 'PageUp' ? 3_600_000 : key === 'PageDown' ? -3_600_000 : null;
}

/** The shift after a drag of so many pixels: in round steps, none larger than a pixel. */
export function dragShift(fromMs: number, pixels: number, msPerPixel: number): number {
  const step = DRAG_STEPS.findLast((ms) => ms <= msPerPixel) ?? 1;
  return Math.round((fromMs + pixels * msPerPixel) / step) * step + 0; // no -0
}

const DRAG_STEPS = [1, 5, 10, 50, 100, 500, 1000, 5000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000];
