// Notes on the graph: kept beside the recording when it can be written, else in this page only.

import { effect, signal } from '@preact/signals';
import type { Note } from '@tidemark/shared/recording/recording.js';
import { originOf } from './axis.js';
import { say } from './messages.js';
import { inWords, recordings, session, source } from './opened.js';
import type { Span } from './span.js';

/** By recording. */
export const notes = signal<ReadonlyMap<string, readonly Note[]>>(new Map());

/** The note that is being written: new (id null) or an old one, in times of the axis. */
export interface Draft {
  readonly id: string | null;
  readonly recording: string;
  readonly startMs: number;
  /** Null for an instant. */
  readonly endMs: number | null;
  readonly text: string;
}

export const draft = signal<Draft | null>(null);
/** The next click or drag on the graph places a note. */
export const placing = signal(false);

export function watchNotes(): void {
  let readFrom: unknown = null;
  let readFor = '';
  effect(() => {
    const from = source.value;
    const ids = recordings.value.map(({ id }) => id);
    // A growing recording changes all the time; its notes are read once, and afterwards we are the one who writes them.
    const key = ids.join('\n');
    if (from === null || (from === readFrom && key === readFor)) return;
    readFrom = from;
    readFor = key;
    void Promise.all(ids.map(async (id) => [id, (await from.annotations(id)).notes] as const)).then(
      (found) => {
        if (source.peek() === from) notes.value = new Map(found);
      },
      (error) => say({ text: `Notes were not read: ${inWords(error).message}`, kind: 'error' }),
    );
  });
}

/** Starts a note on the first recording at an instant or over a span of the axis. */
export function startNote(startMs: number, endMs: number | null): void {
  const recording = session.peek().recordings[0];
  placing.value = false;
  if (recording !== undefined) draft.value = { id: null, recording: recording.id, startMs, endMs, text: '' };
}

export function editNote(recording: string, note: Note): void {
  const origin = originOf(recording);
  draft.value = {
    id: note.id,
    recording,
    startMs: note.start_ms - origin,
    endMs: note.end_ms === null ? null : note.end_ms - origin,
    text: note.text,
  };
}

export async function keepDraft(text: string): Promise<void> {
  const written = draft.peek();
  draft.value = null;
  const trimmed = text.trim();
  if (written === null || trimmed === '') return;
  const origin = originOf(written.recording);
  const note: Note = {
    id: written.id ?? crypto.randomUUID(),
    start_ms: Math.round(written.startMs + origin),
    end_ms: written.endMs === null ? null : Math.round(written.endMs + origin),
    text: trimmed,
  };
  const others = notesOf(written.recording).filter(({ id }) => id !== note.id);
  await keep(written.recording, [...others, note]);
}

export async function deleteNote(recording: string, note: Note): Promise<void> {
  await keep(
    recording,
    notesOf(recording).filter(({ id }) => id !== note.id),
  );
  say({
    text: 'Note deleted.',
    kind: 'done',
    action: { label: 'Undo', run: () => void keep(recording, [...notesOf(recording), note]) },
  });
}

const notesOf = (recording: string): readonly Note[] => notes.peek().get(recording) ?? [];

/** Shows the notes at once and writes them; when that fails they stay on the page and it is said. */
async function keep(recording: string, next: readonly Note[]): Promise<void> {
  const sorted = [...next].sort((a, b) => a.start_ms - b.start_ms);
  notes.value = new Map(notes.peek()).set(recording, sorted);
  if (!isWritable(recording)) return;
  try {
    await source.peek()?.saveAnnotations(recording, { format: 1, notes: sorted });
  } catch (error) {
    const { message, advice } = inWords(error);
    say({ text: `The notes were not saved: ${message}`, kind: 'error', ...(advice === null ? {} : { advice }) });
  }
}

export const isWritable = (recording: string): boolean =>
  session.peek().recordings.find(({ id }) => id === recording)?.writable ?? false;

/** The span of a draft, in order, or null for an instant. */
export function spanOf({ startMs, endMs }: Pick<Draft, 'startMs' | 'endMs'>): Span | null {
  return endMs === null ? null : { fromMs: Math.min(startMs, endMs), toMs: Math.max(startMs, endMs) };
}
