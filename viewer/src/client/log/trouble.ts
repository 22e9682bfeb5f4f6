// Trouble while reading log lines, said once while it lasts: scrolling asks again and again.
import { say } from '../state/messages.js';
import { connected, inWords } from '../state/opened.js';

let lastSaid = '';

export function announceTrouble(error: unknown): void {
  if (!connected.peek()) return;
  const { message, advice } = inWords(error);
  if (message === lastSaid) return;
  lastSaid = message;
  say({ text: message, kind: 'error', ...(advice === null ? {} : { advice }) });
}
