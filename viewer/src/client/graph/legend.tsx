// The switches of the lines, in groups by recording. Those that make sense at first stand in the open, the rest in a menu.

import { computed, useComputed } from '@preact/signals';
import { formatValue } from '@tidemark/shared/chart/captions.js';
import { meaningOf } from '@tidemark/shared/chart/columns-shown.js';
import { nearest } from '@tidemark/shared/chart/readings.js';
import { Menu } from '../parts/menu.js';
import { model } from '../state/chart-model.js';
import { cursorMs } from '../state/choice.js';
import { sideOf } from '../state/comparison.js';
import { hoverMs } from '../state/near-line.js';
import { recordings } from '../state/opened.js';
import { inTheOpen, keyOf, type LegendLine, legend, toggleLine } from '../state/shown-lines.js';
import { drawn } from './surface.js';
import { Swatch } from './swatch.js';
import { WhatIsShown } from './what-is-shown.js';

/** At the pointer, else at the pinned cursor, else at the right edge of the view. Of what is on screen, not of what will be. */
const values = computed(() => {
  drawn.value;
  const shown = model.peek();
  const at = hoverMs.value ?? cursorMs.value ?? shown?.time.toMs ?? 0;
  const read = new Map<string, string>();
  for (const line of shown?.lines ?? []) {
    const value = line.values[nearest(line.times, at)];
    if (value !== undefined) read.set(line.id, formatValue(value, line.unit));
  }
  return read;
});

export function Legend() {
  const several = recordings.value.length > 1;
  return (
    <fieldset class="legend" aria-label="Lines on the graph">
      {recordings.value.map((recording) => {
        const lines = legend.value.filter((line) => line.recording === recording.id);
        const open = lines.filter((line) => inTheOpen.value.includes(line));
        const others = lines.filter((line) => !open.includes(line));
        return (
          <div class="legend-group" key={recording.id}>
            {several && <Owner id={recording.id} name={recording.info?.label ?? recording.name} />}
            {open.map((line) => (
              <Chip key={line.id} line={line} />
            ))}
            {others.length > 0 && <MoreLines lines={others} />}
          </div>
        );
      })}
      {recordings.value.length > 0 && <WhatIsShown />}
    </fieldset>
  );
}

/** A name that says its side itself needs no word beside it. */
function Owner({ id, name }: { id: string; name: string }) {
  const side = sideOf(id);
  return (
    <>
      <span class="legend-owner">{name}</span>
      {side !== null && side !== name && <span class="side-tag">{side}</span>}
    </>
  );
}

function Chip({ line }: { line: LegendLine }) {
  const { label } = line.column;
  const key = keyOf(line.id);
  const value = useComputed(() => values.value.get(line.id) ?? '');
  return (
    <button
      type="button"
      class="chip"
      aria-pressed={line.shown}
      disabled={!line.measured && !line.shown}
      aria-keyshortcuts={key ?? undefined}
      title={meaningOf(line.column)}
      onClick={() => toggleLine(line.id)}
    >
      {key !== null && (
        <span class="chip-key" aria-hidden="true">
          {key}
        </span>
      )}
      <Swatch line={line} />
      <span class="chip-label">{label}</span>
      {line.shown && (
        <span class="chip-value" aria-hidden="true">
          {value}
        </span>
      )}
    </button>
  );
}

function MoreLines({ lines }: { lines: readonly LegendLine[] }) {
  return (
    <Menu name={`${lines.length} more lines`} buttonClass="chip chip-more" label={`${lines.length} more`}>
      {() =>
        lines.map((line) => (
          <button
            key={line.id}
            type="button"
            class="menu-item"
            aria-pressed={line.shown}
            disabled={!line.measured}
            title={meaningOf(line.column)}
            onClick={() => toggleLine(line.id)}
          >
            <Swatch line={line} />
            {line.column.label}
            {!line.measured && <span class="menu-aside">not measured</span>}
          </button>
        ))
      }
    </Menu>
  );
}
