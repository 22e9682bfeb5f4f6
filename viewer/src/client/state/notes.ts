// Notes on the graph: kept beside the recording when it can be written, else in this page only.

import { effect, signal } from '@preact/signals';
import { mergeAnnotations, NO_ANNOTATIONS } from '@tidemark/shared/recording/annotations.js';
import type { Annotations, Note } from '@tidemark/shared/recording/recording.js';
import { shortened } from '@tidemark/shared/words/plain-text.js';
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

/** A note on its way to another place, in times of the axis; drawn there until it is let go. */
export const moving = signal<{
  readonly id: string;
  readonly startMs: number;
  readonly endMs: number | null;
} | null>(null);

export function watchNotes(): void {
  // Another page may have written meanwhile: whoever comes back to this one sees it.
  addEventListener('focus', () => void refresh());
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
    void Promise.all(ids.map(async (id) => [id, await from.annotations(id)] as const)).then(
      (found) => {
        if (source.peek() !== from) return;
        done.length = 0;
        for (const [id, read] of found) base.set(id, read);
        notes.value = new Map(found.map(([id, read]) => [id, read.notes]));
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
  const was = notesOf(written.recording).find(({ id }) => id === written.id) ?? null;
  const is: Note = {
    id: written.id ?? crypto.randomUUID(),
    start_ms: Math.round(written.startMs + origin),
    end_ms: written.endMs === null ? null : Math.round(written.endMs + origin),
    text: trimmed,
  };
  if (was === null || was.text !== is.text) await change({ recording: written.recording, was, is });
}

export async function deleteNote(recording: string, note: Note): Promise<void> {
  const step = { recording, was: note, is: null };
  const kept = change(step);
  say({ text: 'Note deleted.', kind: 'done', action: { label: 'Undo', run: () => void takeBack(step) } });
  await kept;
}

/**
 * In epoch ms; the ends come in any order, and a span without width is an instant. `again` says that a key may be held down: moves
 * of one note that follow each other are taken back together.
 */
export async function moveNote(
  recording: string,
  note: Note,
  startMs: number,
  endMs: number | null,
  again = false,
): Promise<void> {
  const [start, end] = [startMs, endMs ?? startMs].sort((a, b) => a - b).map(Math.round) as [number, number];
  const is: Note = { ...note, start_ms: start, end_ms: end === start ? null : end };
  if (is.start_ms !== note.start_ms || is.end_ms !== note.end_ms) await change({ recording, was: note, is }, again);
}

/** What was done to one note; null for "it was not there" and "it is there no more". */
interface Step {
  readonly recording: string;
  readonly was: Note | null;
  readonly is: Note | null;
}

const done: Step[] = [];
let lastAt = Number.NEGATIVE_INFINITY;
/** Moves by a key that follow each other faster than this are one step. Unit: ms. */
const BURST_MS = 900;

async function change(step: Step, again = false): Promise<void> {
  const last = done.at(-1);
  const at = performance.now();
  const moves = isMove(step) && last !== undefined && isMove(last) && last.is?.id === step.is?.id;
  if (again && moves && at - lastAt < BURST_MS) done[done.length - 1] = { ...step, was: last.was };
  else done.push(step);
  lastAt = at;
  await put(step.recording, step.was ?? step.is, step.is);
}

const isMove = ({ was, is }: Step): boolean => was !== null && is !== null && was.text === is.text;

/** Takes back the last thing that was done to a note on this page. False when there is nothing. */
export function undoNote(): boolean {
  const step = done.at(-1);
  if (step === undefined) return false;
  void takeBack(step);
  const what = step.was === null ? 'adding' : step.is === null ? 'deleting' : isMove(step) ? 'moving' : 'editing';
  say({ text: `Undone: ${what} the note "${shortened((step.was ?? step.is)?.text ?? '', 60)}".`, kind: 'done' });
  return true;
}

async function takeBack(step: Step): Promise<void> {
  const at = done.findIndex((one) => one === step || (one.is === step.is && one.was === step.was));
  // A second click on the same "Undo".
  if (at < 0) return;
  done.splice(at, 1);
  await put(step.recording, step.is ?? step.was, step.was);
}

/** `next` in place of the note with the id of `old`; null takes it away. */
async function put(recording: string, old: Note | null, next: Note | null): Promise<void> {
  const others = notesOf(recording).filter(({ id }) => id !== old?.id);
  await keep(recording, next === null ? others : [...others, next]);
}

const notesOf = (recording: string): readonly Note[] => notes.peek().get(recording) ?? [];

/** By recording: what was last read or written, which later readings are held against. */
const base = new Map<string, Annotations>();

/** Shows the notes at once and writes them; when that fails they stay on the page and it is said. */
async function keep(recording: string, next: readonly Note[]): Promise<void> {
  const sorted = inOrder(next);
  notes.value = new Map(notes.peek()).set(recording, sorted);
  if (!isWritable(recording)) return;
  try {
    const written: Annotations = { format: 1, notes: [...sorted] };
    await source.peek()?.saveAnnotations(recording, written);
    base.set(recording, written);
  } catch (error) {
    const { message, advice } = inWords(error);
    say({ text: `The notes were not saved: ${message}`, kind: 'error', ...(advice === null ? {} : { advice }) });
  }
}

/** Takes in what other pages wrote since. What is not answered now is asked for another time. */
async function refresh(): Promise<void> {
  const from = source.peek();
  if (from === null) return;
  for (const { id, writable } of recordings.peek()) {
    if (!writable) continue;
    const theirs = await from.annotations(id).catch(() => null);
    if (theirs === null || source.peek() !== from) return;
    const mine: Annotations = { format: 1, notes: [...notesOf(id)] };
    const both = mergeAnnotations(base.get(id) ?? NO_ANNOTATIONS, mine, theirs);
    base.set(id, theirs);
    if (JSON.stringify(both.notes) !== JSON.stringify(mine.notes)) {
      notes.value = new Map(notes.peek()).set(id, inOrder(both.notes));
    }
  }
}

const inOrder = (list: readonly Note[]): Note[] => [...list].sort((a, b) => a.start_ms - b.start_ms);

export const isWritable = (recording: string): boolean =>
  session.peek().recordings.find(({ id }) => id === recording)?.writable ?? false;

/** The span of a draft, in order, or null for an instant. */
export function spanOf({ startMs, endMs }: Pick<Draft, 'startMs' | 'endMs'>): Span | null {
  return endMs === null ? null : { fromMs: Math.min(startMs, endMs), toMs: Math.max(startMs, endMs) };
}
