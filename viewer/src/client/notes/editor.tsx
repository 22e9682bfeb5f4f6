// The field of a note, over the graph at the note's place. Enter keeps it, Escape lets it be.
import { formatInstant } from '@tidemark/shared/chart/captions.js';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { GRAPH_ID } from '../graph/graph.js';
import { chart, drawn } from '../graph/surface.js';
import { axis } from '../state/axis.js';
import { draft, isWritable, keepDraft, spanOf } from '../state/notes.js';

const WIDTH = 280;

export function NoteEditor() {
  const field = useRef<HTMLInputElement>(null);
  const note = draft.value;
  const view = chart.value;
  drawn.value;
  const open = note !== null && view !== null;

  // Before anything is painted: what is typed right after the click belongs into the field.
  useLayoutEffect(() => {
    const input = field.current;
    if (!open || input === null) return;
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
  }, [open]);

  if (!open) return null;
  const span = spanOf(note);
  const plot = view.plotArea();
  const at = span === null ? note.startMs : (span.fromMs + span.toMs) / 2;
  const x = Math.min(Math.max(view.xOf(at) - WIDTH / 2, 8), Math.max(8, plot.right - WIDTH));
  const when =
    span === null
      ? formatInstant(note.startMs, axis.value)
      : `${formatInstant(span.fromMs, axis.value)} to ${formatInstant(span.toMs, axis.value)}`;
  const back = () => document.getElementById(GRAPH_ID)?.focus();
  const cancel = () => {
    draft.value = null;
    back();
  };
  return (
    <form
      class="note-editor"
      data-control
      style={{ left: `${x}px`, top: `${plot.top + 10}px` }}
      onSubmit={(event) => {
        event.preventDefault();
        void keepDraft(field.current?.value ?? '');
        back();
      }}
      onKeyDown={(event) => {
        // Letters typed here are text, not keys of the page.
        event.stopPropagation();
        if (event.key === 'Escape') cancel();
      }}
    >
      <label class="note-editor-label" for="note-text">
        {note.id === null ? 'Note' : 'Edit note'} <span>{when}</span>
      </label>
      <input
        id="note-text"
        ref={field}
        class="field"
        maxLength={2000}
        placeholder="What happens here?"
        autocomplete="off"
        defaultValue={note.text}
      />
      <div class="note-editor-actions">
        {!isWritable(note.recording) && <span class="note-editor-hint">Kept in this page only</span>}
        <button type="button" class="button" onClick={cancel}>
          Cancel
        </button>
        <button type="submit" class="button button-primary">
          Save
        </button>
      </div>
    </form>
  );
}
