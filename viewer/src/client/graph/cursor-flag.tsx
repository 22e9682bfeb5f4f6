// The pinned instant in words, at the foot of its line, with a way to let go.
import { Icon } from '../parts/icons.js';
import { axis } from '../state/axis.js';
import { cursorMs } from '../state/choice.js';
import { unpin } from '../state/jump.js';
import { draft } from '../state/notes.js';
import { preciseInstant } from './readout.js';
import { chart, drawn } from './surface.js';

export function CursorFlag() {
  const at = cursorMs.value;
  if (at === null) return null;
  const view = chart.value;
  drawn.value;
  const { fromMs, toMs } = axis.value;
  if (view === null || draft.value !== null || at < fromMs || at > toMs) return null;
  const { left, right, bottom } = view.plotArea();
  const text = preciseInstant(at, axis.value);
  const half = text.length > 12 ? 84 : 52;
  const x = Math.min(Math.max(view.xOf(at), left + half), right - half);
  return (
    <div class="cursor-flag" data-control style={{ left: `${x}px`, top: `${bottom}px` }}>
      <span>{text}</span>
      <button type="button" aria-label={`Unpin the cursor from ${text}`} title="Unpin (Escape)" onClick={unpin}>
        <Icon name="close" />
      </button>
    </div>
  );
}
