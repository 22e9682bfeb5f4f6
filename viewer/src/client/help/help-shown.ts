import { signal } from '@preact/signals';

/** The sheet of keys is open. */
export const helpShown = signal(false);
