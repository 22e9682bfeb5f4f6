// The way to open files without dragging: one hidden field, and buttons that open it.
import { Icon } from '../parts/icons.js';
import { openDropped } from '../state/opened.js';

const FIELD_ID = 'files-to-open';

export function OpenButton({ primary = false }: { primary?: boolean }) {
  return (
    <button
      type="button"
      class={`button${primary ? ' button-primary' : ''}`}
      title="Open a CSV and its logs in this page"
      aria-label="Open files"
      onClick={() => document.getElementById(FIELD_ID)?.click()}
    >
      <Icon name="open" />
      <span class="button-text">Open files</span>
    </button>
  );
}

export function FileField() {
  return (
    <input
      id={FIELD_ID}
      type="file"
      multiple
      hidden
      aria-label="Files to open"
      onChange={(event) => {
        const input = event.currentTarget;
        const files = [...(input.files ?? [])];
        // The same file may be picked again.
        input.value = '';
        void openDropped(files);
      }}
    />
  );
}
