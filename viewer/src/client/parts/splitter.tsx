// The bar between graph and log: dragged, or moved with the arrow keys. Its place is remembered for the next visit.
import { effect, signal } from '@preact/signals';

const KEY = 'tidemark-graph-share';
const LEAST = 20;
const MOST = 80;
const USUAL = 52;

/** The graph's share of the height, in per cent. */
export const graphShare = signal(remembered());

function remembered(): number {
  try {
    const stored = Number(localStorage.getItem(KEY) ?? Number.NaN);
    return stored >= LEAST && stored <= MOST ? stored : USUAL;
  } catch {
    return USUAL;
  }
}

effect(() => {
  try {
    if (graphShare.value !== USUAL) localStorage.setItem(KEY, String(Math.round(graphShare.value)));
  } catch {
    // Storage may be forbidden: then the place holds until the page is left.
  }
});

const moveTo = (share: number): void => {
  graphShare.value = Math.min(MOST, Math.max(LEAST, share));
};

export function Splitter() {
  const drag = (event: PointerEvent): void => {
    const bar = event.currentTarget as HTMLElement;
    const area = bar.parentElement?.getBoundingClientRect();
    if (area === undefined || !bar.hasPointerCapture(event.pointerId)) return;
    moveTo(((event.clientY - area.top) / area.height) * 100);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is no thematic break
    <div
      class="splitter"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the graph"
      aria-valuenow={Math.round(graphShare.value)}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDblClick={() => moveTo(USUAL)}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowUp' ? -3 : event.key === 'ArrowDown' ? 3 : 0;
        if (step === 0) return;
        event.preventDefault();
        event.stopPropagation();
        moveTo(graphShare.peek() + step);
      }}
    />
  );
}
