// Keeps the address and the choices the same. A new view, tab, filter or set of lines is a step that the back button undoes;
// a moving cursor is not, and a burst of changes (panning, typing) is one step.
import { effect } from '@preact/signals';
import { type Choice, choice } from './choice.js';
import { reportFacts } from './opened.js';
import { rememberedTheme } from './theme.js';
import { readUrl, writeUrl } from './url.js';

/** Changes that follow each other faster than this belong to one step. Unit: ms. */
const BURST_MS = 700;

let quiet = false;

/** A change that the back button does not undo: nobody made it. */
export function withoutStep(change: () => void): void {
  quiet = true;
  change();
  quiet = false;
}

/** What makes a step; the rest rides along. */
function stepOf({ view, log, filter, lines, clocks, clock, align, sides, layout, suspect, scale }: Choice): string {
  return JSON.stringify([view, log, filter, lines, clocks, clock, align, sides, layout, suspect, scale]);
}

function chosenInAddress(): Choice {
  const read = readUrl(location.hash || (reportFacts?.view ?? ''));
  return read.theme === 'system' ? { ...read, theme: rememberedTheme() } : read;
}

export function watchHistory(): void {
  choice.value = chosenInAddress();
  let step = stepOf(choice.peek());
  let lastStepAt = Number.NEGATIVE_INFINITY;

  effect(() => {
    const now = choice.value;
    const fragment = writeUrl(now);
    const address = fragment === '' ? location.pathname + location.search : `#${fragment}`;
    if (fragment === location.hash.slice(1)) return;
    const next = stepOf(now);
    const at = performance.now();
    if (next !== step && !quiet && at - lastStepAt > BURST_MS) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    if (next !== step && !quiet) lastStepAt = at;
    step = next;
  });

  addEventListener('popstate', () => {
    const back = chosenInAddress();
    step = stepOf(back);
    choice.value = back;
  });
}
