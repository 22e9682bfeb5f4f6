// annotations.json, both sides: the notes that a person put on the graph.
import { RecordingFormatError } from '../errors.js';
import type { Annotations, Note } from './recording.js';

export const NO_ANNOTATIONS: Annotations = { format: 1, notes: [] };

/** More than a person writes; what is beyond was not written by one. */
const MOST_NOTES = 10_000;
const MOST_TEXT = 10_000;

export function annotationsText(annotations: Annotations): string {
  return `${JSON.stringify(annotations, null, 2)}\n`;
}

/** Reads annotations.json. Throws RecordingFormatError, `name` in the message. */
export function parseAnnotations(text: string, name: string): Annotations {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (_) {
    throw new RecordingFormatError(name, 'JSON', text.trim() === '' ? 'nothing' : 'something else');
  }
  return readAnnotations(value, name);
}

/** Checks what claims to be annotations and keeps what belongs to them. */
export function readAnnotations(value: unknown, name: string): Annotations {
  const given = value as Partial<Annotations> | null | undefined;
  if (typeof given !== 'object' || given === null || given.format !== 1 || !Array.isArray(given.notes)) {
    throw new RecordingFormatError(name, 'annotations of format 1', describe(value));
  }
  if (given.notes.length > MOST_NOTES) {
    throw new RecordingFormatError(name, `at most ${MOST_NOTES} notes`, String(given.notes.length));
  }
  return { format: 1, notes: given.notes.map((note: unknown, i) => readNote(note, `${name}, note ${i + 1}`)) };
}

function readNote(value: unknown, where: string): Note {
  const { id, start_ms, end_ms = null, text } = (value ?? {}) as Partial<Note>;
  if (typeof id !== 'string' || id === '' || id.length > 100)
    throw new RecordingFormatError(where, 'an id', describe(id));
  if (!isInstant(start_ms)) throw new RecordingFormatError(where, 'start_ms in epoch ms', describe(start_ms));
  if (end_ms !== null && !isInstant(end_ms)) {
    throw new RecordingFormatError(where, 'end_ms in epoch ms or null', describe(end_ms));
  }
  if (typeof text !== 'string' || text.length > MOST_TEXT)
    throw new RecordingFormatError(where, 'a text', describe(text));
  return { id, start_ms, end_ms, text };
}

const isInstant = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= 8.64e15;

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return typeof value === 'object' ? 'something else' : String(value).slice(0, 60);
}

/**
 * What to write when a page saves and the file may have changed since that page read it (another tab, another editor):
 * each note by its id. The page's changes against `base`, the state it started from, are made to `theirs`.
 */
export function mergeAnnotations(base: Annotations, mine: Annotations, theirs: Annotations): Annotations {
  const before = new Map(base.notes.map((note) => [note.id, JSON.stringify(note)]));
  const wanted = new Map(mine.notes.map((note) => [note.id, note]));
  const notes: Note[] = [];
  const placed = new Set<string>();
  for (const note of theirs.notes) {
    const own = wanted.get(note.id);
    placed.add(note.id);
    // Gone from ours and known before: we deleted it. Never known: somebody else added it.
    if (own === undefined) {
      if (!before.has(note.id)) notes.push(note);
    } else notes.push(JSON.stringify(own) === before.get(note.id) ? note : own);
  }
  for (const note of mine.notes) {
    // Not in theirs: new, or deleted by somebody else; a note that we changed meanwhile outlives its deletion.
    if (!placed.has(note.id) && JSON.stringify(note) !== before.get(note.id)) notes.push(note);
  }
  return { format: 1, notes };
}
