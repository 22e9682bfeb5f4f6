// The line under the numbers: what they come to.
import { model } from '../state/chart-model.js';
import { findings } from '../state/findings.js';
import { recordings } from '../state/opened.js';
import { verdictOf } from './verdict-words.js';

export function Verdict() {
  const open = recordings.value;
  const parts = verdictOf(open, model.value?.subtitle ?? '', findings.value.get(open[0]?.id ?? ''));
  return (
    <ul class="verdict" aria-label="Verdict">
      {parts.map(({ kind, text, why, bad }) => (
        <li key={kind} class={`verdict-${kind}${bad ? ' verdict-bad' : ''}`} title={why}>
          {text}
        </li>
      ))}
    </ul>
  );
}
