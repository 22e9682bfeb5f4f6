// A phase in a few words.
import type { Phase } from '../phases/phase.js';
import { formatBytesChange } from '../words/bytes.js';

/** "rise +148 MiB"; a plateau says only that it is one. */
export function phaseLabel(phase: Phase): string {
  return phase.kind === 'plateau' ? 'plateau' : `${phase.kind} ${formatBytesChange(phase.deltaBytes)}`;
}

/** "+148 MiB"; nothing for a plateau, whose change is what it is not about. */
export function phaseShortLabel(phase: Phase): string {
  return phase.kind === 'plateau' ? '' : formatBytesChange(phase.deltaBytes);
}
