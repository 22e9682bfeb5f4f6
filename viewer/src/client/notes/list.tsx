// All notes in time order: where they are, to edit, move and delete; and the marks that `tidemark mark` put beside them.
import { formatInstant } from '@tidemark/shared/chart/captions.js';
import type { Note } from '@tidemark/shared/recording/recording.js';
import { Icon } from '../parts/icons.js';
import { axis, originOf, restingAxis, show, whole } from '../state/axis.js';
import { goToSpan } from '../state/jump.js';
import { announce } from '../state/messages.js';
import { deleteNote, editNote, moveNote, notes } from '../state/notes.js';
import { recordings } from '../state/opened.js';
import { including, widthOf } from '../state/span.js';

/** A step of the arrow keys, as a share of what is in view. */
const STEP = 0.01;

export function NotesList() {
  const all = recordings.value.flatMap(({ id }) => (notes.value.get(id) ?? []).map((note) => ({ id, note })));
  return (
    <>
      {all.length === 0 ? (
        <p class="aside-empty">
          No notes yet. Press <kbd>a</kbd>, then click an instant or drag a span.
        </p>
      ) : (
        <ol class="notes" aria-label="Notes">
          {all.map(({ id, note }, i) => (
            <NoteItem key={note.id} recording={id} note={note} number={i + 1} />
          ))}
        </ol>
      )}
      <MarksList />
    </>
  );
}

function NoteItem({ recording, note, number }: { recording: string; note: Note; number: number }) {
  const edit = () => {
    goTo(recording, note);
    editNote(recording, note);
  };
  return (
    <li class="note">
      <button
        type="button"
        id={buttonOf(note.id)}
        class="note-go"
        aria-keyshortcuts="Enter Delete ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight"
        title="Show it. With the keyboard: ← → move it, with Shift its end; Enter edits, Delete deletes"
        onClick={() => goTo(recording, note)}
        onKeyDown={(event) => {
          if (!keyOnNote(event, recording, note, edit)) return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <span class="note-number" aria-hidden="true">
          {number}
        </span>
        <span class="note-words">
          <span class="note-text">{note.text}</span>
          <span class="note-when">{when(recording, note)}</span>
        </span>
      </button>
      <button
        type="button"
        class="button button-icon button-quiet"
        aria-label={`Edit note: ${note.text}`}
        title="Edit"
        onClick={edit}
      >
        <Icon name="edit" />
      </button>
      <button
        type="button"
        class="button button-icon button-quiet"
        aria-label={`Delete note: ${note.text}`}
        title="Delete"
        onClick={() => void deleteNote(recording, note)}
      >
        <Icon name="bin" />
      </button>
    </li>
  );
}

function MarksList() {
  const marks = recordings.value.flatMap(({ id, events }) =>
    events.filter(({ kind }) => kind === 'mark').map((mark) => ({ id, mark })),
  );
  if (marks.length === 0) return null;
  return (
    <>
      <h3 class="findings-head">Marks</h3>
      <ol class="notes" aria-label="Marks">
        {marks.map(({ id, mark: { timeMs, text } }) => (
          <li key={`${id} ${timeMs} ${text}`} class="note">
            <button
              type="button"
              class="note-go"
              title="Show it in graph and log"
              onClick={() => goToSpan(timeMs - originOf(id), null)}
            >
              <Icon name="flag" />
              <span class="note-words">
                <span class="note-text">{text}</span>
                <span class="note-when">{formatInstant(timeMs - originOf(id), restingAxis.value)}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

const buttonOf = (id: string): string => `note-${id}`;

/** Returns true when the key meant something to the note. */
function keyOnNote(event: KeyboardEvent, recording: string, note: Note, edit: () => void): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      step(recording, note, event.key === 'ArrowLeft' ? -1 : 1, event.shiftKey);
      return true;
    case 'Enter':
      edit();
      return true;
    case 'Delete':
    case 'Backspace': {
      const beside = document.getElementById(buttonOf(note.id))?.closest('li');
      const next = beside?.nextElementSibling ?? beside?.previousElementSibling;
      void deleteNote(recording, note);
      (next?.querySelector<HTMLElement>('.note-go') ?? document.getElementById('memory-graph'))?.focus();
      return true;
    }
    default:
      return false;
  }
}

/** Moves the whole note, or its end; never out of what was recorded. */
function step(recording: string, note: Note, sign: number, resize: boolean): void {
  const origin = originOf(recording);
  const all = whole.peek();
  const now = axis.peek();
  const within = (at: number): number => Math.min(Math.max(at, all.fromMs), all.toMs);
  const by = sign * Math.max(1, STEP * widthOf(now));
  const from = note.start_ms - origin;
  const to = (note.end_ms ?? note.start_ms) - origin;
  const start = resize ? from : within(from + by);
  const end = resize ? Math.max(from, within(to + by)) : within(to + by);
  void moveNote(recording, note, start + origin, note.end_ms === null && !resize ? null : end + origin, true);
  const next = including(now, all, resize ? end : start);
  if (next !== now) show(next);
  announce(`${resize ? 'Ends' : 'Moved'} at ${formatInstant(resize ? end : start, axis.peek())}`);
  // The list is in time order: a note that passes another takes the focus along.
  requestAnimationFrame(() => document.getElementById(buttonOf(note.id))?.focus());
}

function when(recording: string, note: Note): string {
  const origin = originOf(recording);
  const from = formatInstant(note.start_ms - origin, restingAxis.value);
  return note.end_ms === null ? from : `${from} to ${formatInstant(note.end_ms - origin, restingAxis.value)}`;
}

function goTo(recording: string, note: Note): void {
  const origin = originOf(recording);
  goToSpan(note.start_ms - origin, note.end_ms === null ? null : note.end_ms - origin);
}
