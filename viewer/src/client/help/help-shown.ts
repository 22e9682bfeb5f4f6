// Whether the sheet of help is open, and with which part in view.
import { signal } from '@preact/signals';

export type HelpPart = 'keys' | 'quantities';

export const helpShown = signal(false);
export const helpPart = signal<HelpPart>('keys');

export function showHelp(part: HelpPart = 'keys'): void {
  helpPart.value = part;
  helpShown.value = true;
}
