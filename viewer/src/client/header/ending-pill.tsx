// How a recording ended, or that it still grows and whether this page follows it.
import type { RecordingView } from '@tidemark/shared/view/data-source.js';
import { following } from '../state/axis.js';
import { connected } from '../state/opened.js';
import { type Ending, endingOf } from './ending.js';

export function EndingPill({ recording }: { recording: RecordingView }) {
  const { kind, text, more } = standing(endingOf(recording));
  return (
    <span class={`pill pill-${kind}`} title={more} role="status">
      <span class="pill-dot" aria-hidden="true" />
      {text}
    </span>
  );
}

/** An end stays true without a viewer. Of what still grew nothing is known then: neither that it goes on nor that it is followed. */
function standing(ending: Ending): Omit<Ending, 'kind'> & { readonly kind: Ending['kind'] | 'paused' } {
  if (ending.kind !== 'live') return ending;
  if (!connected.value) {
    return {
      kind: 'bad',
      text: 'viewer not reachable, trying again',
      more: 'The recording was still growing when the viewer last answered. Recording needs no viewer.',
    };
  }
  return following.value
    ? { ...ending, text: 'recording, following' }
    : { ...ending, kind: 'paused', text: 'recording, paused here' };
}
