// Above the graph: the lines, which clock the axis shows, and what can be done with the view.
import { PANEL_LAYOUTS, type PanelLayout } from '@tidemark/shared/chart/panels.js';
import { VALUE_SCALES, type ValueScale } from '@tidemark/shared/chart/value-scale.js';
import { formatOffset } from '@tidemark/shared/words/wall-time.js';
import { Icon } from '../parts/icons.js';
import { chooseClock, clock as clockShown, showAll, whole, zoneOf, zoomed } from '../state/axis.js';
import { choose, chosenAlign, chosenLayout, chosenScale, chosenZone, type ZoneChoice } from '../state/choice.js';
import { alignChoices, chooseAlign } from '../state/comparison.js';
import { placing } from '../state/notes.js';
import { recordings } from '../state/opened.js';
import { Legend } from './legend.js';

export function Toolbar() {
  return (
    <div class="toolbar">
      <Legend />
      <div class="toolbar-actions">
        <ClockSwitch />
        {recordings.value.length > 1 && <LayoutSelect />}
        <ScaleSelect />
        <button type="button" class="button" disabled={!zoomed.value} title="Show everything (0)" onClick={showAll}>
          <Icon name="reset" />
          <span class="button-text">Show all</span>
        </button>
        <button
          type="button"
          class="button"
          aria-pressed={placing.value}
          disabled={recordings.value.length === 0}
          title="Add a note (a)"
          onClick={() => {
            placing.value = !placing.peek();
          }}
        >
          <Icon name="note" />
          <span class="button-text">Add note</span>
        </button>
      </div>
    </div>
  );
}

function ClockSwitch() {
  const clock = clockShown.value;
  const several = recordings.value.length > 1;
  return (
    <fieldset class="segments" aria-label="Time axis">
      <button type="button" aria-pressed={clock === 'wall'} onClick={() => chooseClock('wall')}>
        Wall clock
      </button>
      <button
        type="button"
        aria-pressed={clock === 'elapsed'}
        disabled={recordings.value.length === 0}
        title={several ? 'Every recording from its own start, or from a phase' : 'Time since the start'}
        onClick={() => chooseClock('elapsed')}
      >
        {several ? 'Aligned' : 'From start'}
      </button>
      {several && clock === 'elapsed' ? <AlignSelect /> : <ZoneSelect />}
    </fieldset>
  );
}

/** Where the recordings meet. */
function AlignSelect() {
  const chosen = chosenAlign.value;
  const offers = alignChoices.value;
  return (
    <label class="zone-select">
      <span class="sr-only">Aligned at</span>
      <select value={chosen ?? ''} onChange={(event) => chooseAlign(event.currentTarget.value || null)}>
        <option value="">at start</option>
        {chosen !== null && offers.every(({ words }) => words !== chosen) && (
          <option value={chosen}>at {chosen}</option>
        )}
        {offers.map(({ words, label }) => (
          <option key={words} value={words}>
            at {label}
          </option>
        ))}
      </select>
    </label>
  );
}

function ZoneSelect() {
  return (
    <label class="zone-select">
      <span class="sr-only">Time zone of the axis</span>
      <select
        value={chosenZone.value}
        disabled={clockShown.value === 'elapsed'}
        onChange={(event) => choose({ zone: event.currentTarget.value as ZoneChoice })}
      >
        {zoneOptions().map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

const LAYOUT_NAMES: Readonly<Record<PanelLayout, string>> = {
  over: 'overlaid',
  stacked: 'one above the other',
  difference: 'with difference',
};

function LayoutSelect() {
  return (
    <label class="scale-select">
      <span class="sr-only">Recordings on the graph</span>
      <select
        value={chosenLayout.value}
        onChange={(event) => choose({ layout: event.currentTarget.value as PanelLayout })}
      >
        {PANEL_LAYOUTS.map((layout) => (
          <option key={layout} value={layout}>
            {LAYOUT_NAMES[layout]}
          </option>
        ))}
      </select>
    </label>
  );
}

const SCALE_NAMES: Readonly<Record<ValueScale, string>> = { zero: 'from zero', fit: 'fitted', log: 'logarithmic' };

function ScaleSelect() {
  return (
    <label class="scale-select">
      <span class="sr-only">Value axis</span>
      <select
        value={chosenScale.value}
        title="Value axis (l)"
        onChange={(event) => choose({ scale: event.currentTarget.value as ValueScale })}
      >
        {VALUE_SCALES.map((scale) => (
          <option key={scale} value={scale}>
            {SCALE_NAMES[scale]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Zones that are the same are offered once, but for the one that is chosen. */
function zoneOptions(): { value: ZoneChoice; text: string }[] {
  const at = whole.value.fromMs;
  const chosen = chosenZone.value;
  const wall = clockShown.value === 'wall';
  const offers = (['recording', 'local', 'utc'] as const).map((value) => ({
    value,
    id: zoneOf(value, recordings.value),
  }));
  const stated = recordings.value[0]?.info != null;
  const whose = { recording: stated ? 'recording' : 'here', local: 'here', utc: '' } as const;
  return offers
    .filter(({ value, id }) => value === chosen || offers.find((other) => other.id === id)?.value === value)
    .map(({ value, id }) => {
      const offset = formatOffset(at, id);
      return {
        value,
        text: [/UTC$/.test(id) ? 'UTC' : wall ? `${id} ${offset}` : id, whose[value]]
          .filter((part) => part !== '')
          .join(', '),
      };
    });
}
