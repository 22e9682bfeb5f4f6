// The way to open files without dragging.
import { useRef } from 'preact/hooks';
import { Icon } from '../parts/icons.js';
import { openDropped } from '../state/opened.js';

export function OpenButton({ primary = false }: { primary?: boolean }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class={`button${primary ? ' button-primary' : ''}`}
        title="Open a CSV and its logs in this page"
        aria-label="Open files"
        onClick={() => field.current?.click()}
      >
        <Icon name="open" />
        <span class="button-text">Open files</span>
      </button>
      <input
        ref={field}
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
    </>
  );
}
