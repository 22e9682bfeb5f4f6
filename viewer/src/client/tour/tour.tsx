// The tour: a dialog beside the part of the page that the step is about, which stays lit while the rest is dimmed. The browser
// keeps the focus inside, closes it on Escape and gives the focus back.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../parts/icons.js';
import { type Box, cardPlace } from './place.js';
import { STEPS } from './steps.js';
import { endTour, goToStep, tourStep } from './tour-shown.js';

export function Tour() {
  const now = tourStep.value;
  return now === null ? null : <Steps now={now} />;
}

function Steps({ now }: { now: number }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const [lit, setLit] = useState<Box | null>(null);
  const [height, setHeight] = useState(0);
  const step = STEPS[now] ?? STEPS[0];

  useEffect(() => {
    const from = document.activeElement;
    dialog.current?.showModal();
    return () => {
      // The button that offered the tour is gone by then.
      const back = from instanceof HTMLElement && from.isConnected ? from : document.querySelector('.help-button');
      if (back instanceof HTMLElement) back.focus();
    };
  }, []);

  // Each step is read from its heading; the page may have to scroll to what it is about.
  useLayoutEffect(() => {
    const about = step === undefined ? null : document.querySelector(step.about);
    about?.scrollIntoView({ block: 'nearest' });
    const look = () => {
      const { left, top, width, height } = about?.getBoundingClientRect() ?? new DOMRect();
      setLit({ left, top, width, height });
      setHeight(card.current?.offsetHeight ?? 0);
    };
    look();
    heading.current?.focus();
    addEventListener('resize', look);
    addEventListener('scroll', look, { passive: true });
    return () => {
      removeEventListener('resize', look);
      removeEventListener('scroll', look);
    };
  }, [step]);

  const page = { width: innerWidth, height: innerHeight };
  const place = lit === null ? null : cardPlace(lit, page, height);
  const last = now === STEPS.length - 1;
  return (
    <dialog ref={dialog} class="tour" aria-labelledby="tour-title" aria-describedby="tour-text" onClose={endTour}>
      {lit !== null && (
        <div
          class="tour-lit"
          aria-hidden="true"
          style={{ left: `${lit.left}px`, top: `${lit.top}px`, width: `${lit.width}px`, height: `${lit.height}px` }}
        />
      )}
      <div
        ref={card}
        class="tour-card"
        style={place === null ? {} : { left: `${place.left}px`, top: `${place.top}px`, width: `${place.width}px` }}
      >
        <div class="tour-head">
          <h2 id="tour-title" ref={heading} tabIndex={-1}>
            {step?.title}
          </h2>
          <button
            type="button"
            class="button button-icon button-quiet"
            aria-label="End the tour"
            title="End the tour (Esc)"
            onClick={endTour}
          >
            <Icon name="close" />
          </button>
        </div>
        <p id="tour-text">{step?.text}</p>
        <div class="tour-foot">
          <span class="tour-count">{`Step ${now + 1} of ${STEPS.length}`}</span>
          {now > 0 && (
            <button type="button" class="button" onClick={() => goToStep(now - 1)}>
              Back
            </button>
          )}
          <button type="button" class="button button-primary" onClick={() => goToStep(now + 1)}>
            {last ? 'Done' : 'Next'}
          </button>
        </div>
      </div>
    </dialog>
  );
}
