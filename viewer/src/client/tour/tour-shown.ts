// Where in the tour one is, and whether it was offered before: once on the first visit, and once more on the demo.
import { computed, signal } from '@preact/signals';
import { recordings, reportFacts } from '../state/opened.js';
import { STEPS } from './steps.js';

const KEY = 'tidemark-tour';

/** Number of the step, counted from 0; null while there is no tour. */
export const tourStep = signal<number | null>(null);

/** What the demo command is called, built or from its source. */
const DEMO = /demo-job\.m?[jt]s$|demo\/job\.[jt]s$/;

const onDemo = computed(() =>
  recordings.value.some(({ info }) => info?.command?.some((word) => DEMO.test(word)) ?? false),
);

/** The occasions at which it was offered before this page was loaded. */
const before = offeredBefore();
const dismissed = signal(false);

/** A report of one file is read by whom it was sent to: no tour is offered there. */
export const tourOffered = computed(
  () =>
    reportFacts === null &&
    !dismissed.value &&
    recordings.value.length > 0 &&
    (before.size === 0 || (onDemo.value && !before.has('demo'))),
);

/** Called when the offer is on the page: it will not be there again. */
export function rememberOffer(): void {
  const occasions = [...before, 'visit', ...(onDemo.peek() ? ['demo'] : [])];
  try {
    localStorage.setItem(KEY, [...new Set(occasions)].join(' '));
  } catch {
    // Storage may be forbidden: then it is offered again.
  }
}

export function startTour(): void {
  dismissed.value = true;
  tourStep.value = 0;
}

export function endTour(): void {
  tourStep.value = null;
}

/** Past the last step the tour ends. */
export function goToStep(step: number): void {
  tourStep.value = step >= STEPS.length ? null : Math.max(0, step);
}

function offeredBefore(): ReadonlySet<string> {
  try {
    return new Set((localStorage.getItem(KEY) ?? '').split(' ').filter((word) => word !== ''));
  } catch {
    return new Set();
  }
}
