// Words that follow a moving view once it rests: nobody reads them while it moves, and each would cost a part of every frame.
import { effect, type ReadonlySignal, signal } from '@preact/signals';

/** Unit: ms. */
const REST_MS = 150;
/** What moves without end (a view that follows a growing recording) is told of at least this often. Unit: ms. */
const LONGEST_MS = 1000;

/** The value of another signal as it was when it last rested; at once where `urgent` says that the change is no mere move. */
export function rested<Value>(
  of: ReadonlySignal<Value>,
  urgent: (next: Value, before: Value) => boolean = () => false,
): ReadonlySignal<Value> {
  const told = signal(of.peek());
  let timer: ReturnType<typeof setTimeout> | null = null;
  let since = 0;
  const tell = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    told.value = of.peek();
  };
  effect(() => {
    const next = of.value;
    const before = told.peek();
    if (next === before) return;
    if (urgent(next, before)) {
      tell();
      return;
    }
    const now = performance.now();
    if (timer === null) since = now;
    else clearTimeout(timer);
    timer = setTimeout(tell, Math.max(0, Math.min(REST_MS, since + LONGEST_MS - now)));
  });
  return told;
}
