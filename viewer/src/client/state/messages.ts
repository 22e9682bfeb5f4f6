// Short messages at the edge of the page, and what is said to screen readers.
import { signal } from '@preact/signals';

export interface Message {
  readonly id: number;
  readonly text: string;
  readonly advice?: string;
  readonly kind: 'done' | 'error';
  readonly action?: { readonly label: string; readonly run: () => void };
}

export const messages = signal<readonly Message[]>([]);
/** Read aloud politely: where the cursor is, what is in view. */
export const announced = signal('');

/** Long enough to read and to reach for "Undo"; errors stay until dismissed. */
const SHOWN_MS = 8000;
let last = 0;

export function say(message: Omit<Message, 'id'>): void {
  last += 1;
  const id = last;
  messages.value = [...messages.peek().slice(-2), { ...message, id }];
  if (message.kind === 'done') setTimeout(() => dismiss(id), SHOWN_MS);
}

export function dismiss(id: number): void {
  messages.value = messages.peek().filter((message) => message.id !== id);
}

let pending: ReturnType<typeof setTimeout> | undefined;

/** The last of quick changes is said, not each of them. */
export function announce(text: string): void {
  clearTimeout(pending);
  pending = setTimeout(() => {
    announced.value = text;
  }, 250);
}
