// How log lines are shown: which columns stand beside them, and whether long ones wrap. A habit of the person, kept in the browser
// from one visit to the next; a link does not carry it.
import { signal } from '@preact/signals';

export interface LogLook {
  readonly wrap: boolean;
  readonly time: boolean;
  /** Change of memory since the line above. */
  readonly change: boolean;
  /** Lines that do not pass the filter stay, dimmed; hits are marked beside the bar. */
  readonly rest: boolean;
}

const KEY = 'tidemark-log-view';
const AT_FIRST: LogLook = { wrap: false, time: true, change: true, rest: false };

export const logLook = signal<LogLook>(readLook(stored()));

/** What makes sense of the text; the rest is as at first. */
export function readLook(text: string | null): LogLook {
  let value: unknown = null;
  try {
    value = JSON.parse(text ?? 'null');
  } catch {
    // Not ours.
  }
  const given = (typeof value === 'object' ? value : null) as Partial<Record<keyof LogLook, unknown>> | null;
  const flag = (name: keyof LogLook): boolean =>
    typeof given?.[name] === 'boolean' ? (given[name] as boolean) : AT_FIRST[name];
  return { wrap: flag('wrap'), time: flag('time'), change: flag('change'), rest: flag('rest') };
}

export function toggleLook(name: keyof LogLook): void {
  const now = logLook.peek();
  logLook.value = { ...now, [name]: !now[name] };
  try {
    localStorage.setItem(KEY, JSON.stringify(logLook.peek()));
  } catch {
    // Storage may be forbidden: it holds until the page is closed.
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
