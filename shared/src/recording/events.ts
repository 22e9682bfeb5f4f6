// events.csv (time,kind,text), both sides. The text may hold commas, quotes and newlines: RFC 4180 quoting.
import { EVENT_KINDS, type EventKind, type RecordingEvent } from './recording.js';

export const EVENTS_HEADER = 'time,kind,text\n';

/** One line of events.csv, with its newline. Written by one call with O_APPEND, so that two writers never mix. */
export function eventLine(event: RecordingEvent): string {
  return `${new Date(event.timeMs).toISOString()},${event.kind},${quoted(event.text)}\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The last `exit`, unless it was begun again since; null when there is none. A recording.json that could not be written does not know it. */
export function endInEvents(events: readonly RecordingEvent[]): RecordingEvent | null {
  const last = events.findLast(({ kind }) => kind === 'start' || kind === 'exit');
  return last?.kind === 'exit' ? last : null;
}

export interface EventsRead {
  readonly events: RecordingEvent[];
  /** Records that are not events of ours: a cut last line, a kind of a later version. */
  readonly skipped: number;
}

/** Reads a whole events.csv. Events come in file order, which is the order of writing. */
export function readEvents(text: string): EventsRead {
  const events: RecordingEvent[] = [];
  let skipped = 0;
  for (const record of records(text)) {
    const [time = '', kind = '', words] = record;
    if (time === 'time' && kind === 'kind') continue;
    const timeMs = Date.parse(time);
    if (Number.isNaN(timeMs) || words === undefined || !isKind(kind)) skipped++;
    else events.push({ timeMs, kind, text: words });
  }
  return { events, skipped };
}

function isKind(text: string): text is EventKind {
  return (EVENT_KINDS as readonly string[]).includes(text);
}

/** The records of a small CSV. A quote that is never closed ends with the file and gives no record: it was cut. */
function* records(text: string): Generator<string[]> {
  let at = 0;
  while (at < text.length) {
    const record: string[] = [];
    for (;;) {
      let field = '';
      if (text[at] === '"') {
        for (;;) {
          const quote = text.indexOf('"', at + 1);
          if (quote < 0) return;
          field += text.slice(at + 1, quote);
          at = quote + 1;
          if (text[at] !== '"') break;
          field += '"';
        }
      } else {
        const end = text.slice(at).search(/[,\r\n]/);
        field = end < 0 ? text.slice(at) : text.slice(at, at + end);
        at += field.length;
      }
      record.push(field);
      if (text[at] !== ',') break;
      at++;
    }
    if (text[at] === '\r') at++;
    const ended = text[at] === '\n';
    // Anything else after a closing quote is damage: go on behind the next newline.
    if (!ended && at < text.length) at = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
    at++;
    if (record.length > 1 || record[0] !== '') yield record;
  }
}
