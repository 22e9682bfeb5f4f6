// All notes, in time order: where they are, to edit and to delete.
import { formatInstant } from '@tidemark/shared/chart/captions.js';
import type { Note } from '@tidemark/shared/recording/recording.js';
import { Icon } from '../parts/icons.js';
import { axis, originOf, show, whole } from '../state/axis.js';
import { pinAt } from '../state/jump.js';
import { deleteNote, editNote, notes } from '../state/notes.js';
import { recordings } from '../state/opened.js';
import { around, including } from '../state/span.js';

export function NotesList() {
  const all = recordings.value.flatMap(({ id }) => (notes.value.get(id) ?? []).map((note) => ({ id, note })));
  if (all.length === 0) {
    return (
      <p class="aside-empty">
        No notes yet. Press <kbd>n</kbd>, then click an instant or drag a span.
      </p>
    );
  }
  return (
    <ol class="notes">
      {all.map(({ id, note }, i) => (
        <li key={note.id} class="note">
          <button type="button" class="note-go" onClick={() => goTo(id, note)}>
            <span class="note-number" aria-hidden="true">
              {i + 1}
            </span>
            <span class="note-words">
              <span class="note-text">{note.text}</span>
              <span class="note-when">{when(id, note)}</span>
            </span>
          </button>
          <button
            type="button"
            class="button button-icon button-quiet"
            aria-label={`Edit note: ${note.text}`}
            title="Edit"
            onClick={() => {
              goTo(id, note);
              editNote(id, note);
            }}
          >
            <Icon name="edit" />
          </button>
          <button
            type="button"
            class="button button-icon button-quiet"
            aria-label={`Delete note: ${note.text}`}
            title="Delete"
            onClick={() => void deleteNote(id, note)}
          >
            <Icon name="bin" />
          </button>
        </li>
      ))}
    </ol>
  );
}

function when(recording: string, note: Note): string {
  const origin = originOf(recording);
  const from = formatInstant(note.start_ms - origin, axis.value);
  return note.end_ms === null ? from : `${from} to ${formatInstant(note.end_ms - origin, axis.value)}`;
}

function goTo(recording: string, note: Note): void {
  const origin = originOf(recording);
  const fromMs = note.start_ms - origin;
  if (note.end_ms === null) {
    const now = axis.peek();
    const next = including(now, whole.peek(), fromMs);
    if (next !== now) show(next);
  } else {
    const now = axis.peek();
    const toMs = note.end_ms - origin;
    if (fromMs < now.fromMs || toMs > now.toMs) show(around({ fromMs, toMs }, whole.peek()));
  }
  void pinAt(fromMs);
}
