// Keeps the address and the choices the same. A new view, tab, filter or set of lines is a step that the back button undoes;
// a moving cursor is not, and a burst of changes (panning, typing) is one step.
import { effect } from '@preact/signals';
import { type Choice, choice, INITIAL } from './choice.js';
import { reportFacts } from './opened.js';
import { rememberedTheme } from './theme.js';
import { readUrl, writeUrl } from './url.js';

/** Changes that follow each other faster than this belong to one step. Unit: ms. */
const BURST_MS = 700;

/** Writing the address costs a millisecond: while the view or the cursor moves on within this time, it waits. Unit: ms. */
const SETTLED_MS = 100;

let quiet = false;

/** A change that the back button does not undo: nobody made it. */
export function withoutStep(change: () => void): void {
  quiet = true;
  change();
  quiet = false;
}

type Part = keyof Choice;
/** What makes a step; the rest rides along. */
// biome-ignore format: a list
const STEP: readonly Part[] = ['view', 'log', 'filter', 'lines', 'clocks', 'clock', 'align', 'sides', 'layout', 'suspect', 'scale'];
/** What a hand moves many times a second. */
const MOVING: readonly Part[] = ['view', 'cursor'];
const STILL = (Object.keys(INITIAL) as Part[]).filter((part) => !MOVING.includes(part));

const same = (parts: readonly Part[], a: Choice, b: Choice): boolean => parts.every((part) => a[part] === b[part]);

function chosenInAddress(): Choice {
  const read = readUrl(location.hash || (reportFacts?.view ?? ''));
  return read.theme === 'system' ? { ...read, theme: rememberedTheme() } : read;
}

/** Returns how to stop. */
export function watchHistory(): () => void {
  choice.value = chosenInAddress();
  /** What the address says, or will once the view has settled. */
  let told = choice.peek();
  let lastStepAt = Number.NEGATIVE_INFINITY;
  let lastChangeAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** False when the address says it already. */
  const write = (how: 'pushState' | 'replaceState'): boolean => {
    clearTimeout(timer);
    timer = undefined;
    const fragment = writeUrl(told);
    if (fragment === location.hash.slice(1)) return false;
    history[how](null, '', fragment === '' ? location.pathname + location.search : `#${fragment}`);
    return true;
  };

  // A report of one file brings a view that its address does not say.
  write('replaceState');
  const stopWriting = effect(() => {
    const now = choice.value;
    if (now === told) return;
    const at = performance.now();
    const step = !quiet && !same(STEP, now, told);
    const moves = same(STILL, now, told) && at - lastChangeAt < SETTLED_MS;
    const begins = step && at - lastStepAt > BURST_MS;
    // The step before keeps what it came to.
    if (begins && timer !== undefined) write('replaceState');
    told = now;
    lastChangeAt = at;
    if (begins) {
      // Chosen again what was chosen is no step.
      if (write('pushState')) lastStepAt = at;
      return;
    }
    if (step) lastStepAt = at;
    if (!moves) {
      write('replaceState');
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => write('replaceState'), SETTLED_MS);
  });

  const back = (): void => {
    clearTimeout(timer);
    timer = undefined;
    told = chosenInAddress();
    choice.value = told;
  };
  addEventListener('popstate', back);
  return () => {
    clearTimeout(timer);
    stopWriting();
    removeEventListener('popstate', back);
  };
}
