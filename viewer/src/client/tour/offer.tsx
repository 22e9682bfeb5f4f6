// The ways into the tour: a button in the header while it is offered, and one in the help that stays.
import { useEffect } from 'preact/hooks';
import { helpShown } from '../help/help-shown.js';
import { recordings } from '../state/opened.js';
import { rememberOffer, startTour, tourOffered } from './tour-shown.js';

export function TourOffer() {
  const offered = tourOffered.value;
  useEffect(() => {
    if (offered) rememberOffer();
  }, [offered]);
  if (!offered) return null;
  return (
    <button type="button" class="button tour-offer" title="Four steps; also under ?" onClick={startTour}>
      <span>Tour</span>
    </button>
  );
}

export function TourButton() {
  if (recordings.value.length === 0) return null;
  return (
    <button
      type="button"
      class="button help-tour"
      onClick={() => {
        helpShown.value = false;
        startTour();
      }}
    >
      Take the tour
    </button>
  );
}
