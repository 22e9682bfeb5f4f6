// What the lines on the graph are, each in one sentence with its source, and the way to the rest of the help.
import { LIMIT_COLUMN, peakColumnOf } from '@tidemark/shared/chart/columns-shown.js';
import { QUANTITIES, type Quantity, quantityOf } from '@tidemark/shared/recording/quantities.js';
import { showHelp } from '../help/help-shown.js';
import { QuantityList, type Told } from '../help/quantity-list.js';
import { Icon } from '../parts/icons.js';
import { Menu } from '../parts/menu.js';
import { recordings } from '../state/opened.js';
import { type LegendLine, legend } from '../state/shown-lines.js';
import { Swatch } from './swatch.js';

export function WhatIsShown() {
  return (
    <Menu name="What am I looking at?" className="what" buttonClass="chip chip-icon" label={<Icon name="info" />}>
      {(close) => (
        <>
          <QuantityList told={told(legend.value.filter(({ shown }) => shown))} />
          <button
            type="button"
            class="menu-item"
            onClick={() => {
              close();
              showHelp('quantities');
            }}
          >
            All quantities
          </button>
        </>
      )}
    </Menu>
  );
}

/** The lines, and what is drawn with them; a thing that several lines share is told once. */
function told(lines: readonly LegendLine[]): Told[] {
  const out = new Map<string, Told>();
  for (const line of lines) {
    const { name, label, figure } = line.column;
    const quantity = figure === undefined ? quantityOf(name) : HEAP;
    if (out.has(`${label} ${quantity?.id}`)) continue;
    out.set(`${label} ${quantity?.id}`, {
      key: `${label} ${quantity?.id}`,
      name: (
        <>
          <Swatch line={line} /> {label}
        </>
      ),
      says: figure?.meaning ?? quantity?.says ?? 'A column of the CSV, taken as it stands there.',
      source: figure === undefined ? (quantity?.source ?? name) : 'printed into the log',
    });
  }
  const open = recordings.value;
  const banded = lines.some(({ column: { name } }) => open.some(({ columns }) => peakColumnOf(columns, name) !== null));
  const limited = open.some(({ extremes }) => extremes[LIMIT_COLUMN] !== undefined);
  if (banded)
    add(
      out,
      QUANTITIES.find(({ id }) => id === 'peak'),
    );
  if (limited) add(out, quantityOf(LIMIT_COLUMN));
  return [...out.values()];
}

const HEAP = QUANTITIES.find(({ id }) => id === 'heap');

function add(out: Map<string, Told>, quantity: Quantity | undefined): void {
  if (quantity !== undefined) out.set(quantity.id, { ...quantity, key: quantity.id });
}
