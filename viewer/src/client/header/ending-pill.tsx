// How a recording ended, or that it still grows and whether this page follows it.
import type { RecordingView } from '@tidemark/shared/view/data-source.js';
import { following } from '../state/axis.js';
import { endingOf } from './ending.js';

export function EndingPill({ recording }: { recording: RecordingView }) {
  const ending = endingOf(recording);
  const paused = ending.kind === 'live' && !following.value;
  const text = ending.kind !== 'live' ? ending.text : paused ? 'recording, paused here' : 'recording, following';
  return (
    <span class={`pill pill-${paused ? 'paused' : ending.kind}`} title={ending.more} role="status">
      <span class="pill-dot" aria-hidden="true" />
      {text}
    </span>
  );
}
