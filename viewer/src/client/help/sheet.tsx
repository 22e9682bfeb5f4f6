// The sheet of keys and of what is measured, as a dialog that the browser itself closes on Escape.

import { QUANTITIES } from '@tidemark/shared/recording/quantities.js';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/icons.js';
import { TourButton } from '../tour/offer.js';
import { helpPart, helpShown } from './help-shown.js';
import { QuantityList } from './quantity-list.js';

type Keys = readonly (readonly [keys: readonly string[], what: string])[];

const GRAPH: Keys = [
  [['Click'], 'pin the cursor, bring the log there'],
  [['Drag'], 'zoom into a span'],
  [['Wheel'], 'zoom around the pointer'],
  [['Shift', 'Drag'], 'pan'],
  [['Alt', 'Drag'], "on a log's lane: move the log in time"],
  [['Double click'], 'show everything'],
  [['←', '→'], 'move the cursor'],
  [['Shift', '←', '→'], 'pan'],
  [['+', '−'], 'zoom in, out'],
  [['Home', 'End'], 'first, last sample'],
  [['1', '…', '9'], 'show or hide a line of the legend'],
];

const PAGE: Keys = [
  [['0'], 'show everything'],
  [['Esc'], 'cancel, put out what is lit, zoom out, unpin: one after the other'],
  [['a'], 'add a note: annotate'],
  [['Ctrl', 'Z'], 'undo the last change of a note'],
  [['←', '→'], 'on a note in the list: move it, with Shift its end; Enter edits, Delete deletes'],
  [['l'], 'value axis from zero, fitted, logarithmic'],
  [['f'], 'follow or pause a growing recording'],
  [['/'], 'filter the log'],
  [['n', 'N'], 'next, previous hit of the filter (in its field: Enter, Shift Enter)'],
  [['e', 'E'], 'next, previous error'],
  [['?'], 'this sheet'],
];

export function HelpSheet() {
  const dialog = useRef<HTMLDialogElement>(null);
  const closer = useRef<HTMLButtonElement>(null);
  const open = helpShown.value;
  useEffect(() => {
    if (!open) {
      dialog.current?.close();
      return;
    }
    dialog.current?.showModal();
    if (helpPart.peek() === 'quantities') document.getElementById('quantities-title')?.focus();
    else closer.current?.focus();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={dialog}
      class="help"
      aria-labelledby="help-title"
      onClose={() => {
        helpShown.value = false;
        helpPart.value = 'keys';
      }}
      onClick={(event) => {
        // A click on the backdrop counts as one on the dialog itself.
        if (event.target === dialog.current) helpShown.value = false;
      }}
    >
      <div class="help-body">
        <div class="help-head">
          <h2 id="help-title">Keys and help</h2>
          <TourButton />
          <button
            type="button"
            ref={closer}
            class="button button-icon button-quiet"
            aria-label="Close"
            onClick={() => {
              helpShown.value = false;
            }}
          >
            <Icon name="close" />
          </button>
        </div>
        <div class="help-columns">
          <KeyList title="On the graph" keys={GRAPH} />
          <KeyList title="Anywhere" keys={PAGE} />
        </div>
        <p class="help-foot">
          The band above a line is the highest value known between two samples. Marks under the graph are log entries:
          tick info, triangle warning, diamond error, cross fatal.
        </p>
        <section class="help-quantities" aria-labelledby="quantities-title">
          <h3 id="quantities-title" tabIndex={-1}>
            What am I looking at?
          </h3>
          <QuantityList told={QUANTITIES.map((quantity) => ({ ...quantity, key: quantity.id }))} />
        </section>
      </div>
    </dialog>
  );
}

function KeyList({ title, keys }: { title: string; keys: Keys }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl class="keys">
        {keys.map(([names, what]) => (
          <div class="keys-row" key={what}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
