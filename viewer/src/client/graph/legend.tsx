// The switches of the lines, in groups by recording. Those that make sense at first stand in the open, the rest in a menu.

import { computed } from '@preact/signals';
import { formatValue } from '@tidemark/shared/chart/captions.js';
import { defaultColumns } from '@tidemark/shared/chart/columns-shown.js';
import { nearest } from '@tidemark/shared/chart/readings.js';
import { columnNamed } from '@tidemark/shared/recording/columns.js';
import { Menu } from '../parts/menu.js';
import { axis } from '../state/axis.js';
import { model } from '../state/chart-model.js';
import { cursorMs } from '../state/choice.js';
import { hoverMs } from '../state/near-line.js';
import { recordings } from '../state/opened.js';
import { type LegendLine, legend, lineId, toggleLine } from '../state/shown-lines.js';
import { Swatch } from './swatch.js';
import { WhatIsShown } from './what-is-shown.js';

const usual = computed(
  () => new Set(recordings.value.flatMap((r) => defaultColumns(r).map((column) => lineId(r.id, column)))),
);

/** At the pointer, else at the pinned cursor, else at the right edge of the view. */
const values = computed(() => {
  const at = hoverMs.value ?? cursorMs.value ?? axis.value.toMs;
  const read = new Map<string, string>();
  for (const line of model.value?.lines ?? []) {
    const value = line.values[nearest(line.times, at)];
    if (value !== undefined) read.set(line.id, formatValue(value, line.unit));
  }
  return read;
});

export function Legend() {
  const open = recordings.value;
  return (
    <fieldset class="legend" aria-label="Lines on the graph">
      {open.map((recording) => {
        const lines = legend.value.filter((line) => line.recording === recording.id);
        const inTheOpen = lines.filter((line) => line.shown || usual.value.has(line.id));
        const others = lines.filter((line) => !inTheOpen.includes(line));
        return (
          <div class="legend-group" key={recording.id}>
            {open.length > 1 && <span class="legend-owner">{recording.info?.label ?? recording.name}</span>}
            {inTheOpen.map((line) => (
              <Chip key={line.id} line={line} />
            ))}
            {others.length > 0 && <MoreLines lines={others} />}
          </div>
        );
      })}
      {open.length > 0 && <WhatIsShown />}
    </fieldset>
  );
}

function Chip({ line }: { line: LegendLine }) {
  const { label, name } = line.column;
  return (
    <button
      type="button"
      class="chip"
      aria-pressed={line.shown}
      disabled={!line.measured && !line.shown}
      title={columnNamed(name)?.meaning ?? line.column.figure?.meaning ?? name}
      onClick={() => toggleLine(line.id)}
    >
      <Swatch line={line} />
      <span class="chip-label">{label}</span>
      {line.shown && (
        <span class="chip-value" aria-hidden="true">
          {values.value.get(line.id) ?? ''}
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
            title={columnNamed(line.column.name)?.meaning ?? line.column.figure?.meaning ?? line.column.name}
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
