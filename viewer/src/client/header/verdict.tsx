// The line under the numbers: what they come to.
import { toggleSuspect } from '../findings/go.js';
import { restingModel } from '../state/chart-model.js';
import { phases } from '../state/fetched.js';
import { findings } from '../state/findings.js';
import { recordings } from '../state/opened.js';
import { verdictOf } from './verdict-words.js';

export function Verdict() {
  const open = recordings.value;
  const id = open[0]?.id ?? '';
  const parts = verdictOf(open, restingModel.value?.subtitle ?? '', findings.value.get(id), phases.value.get(id) ?? []);
  return (
    <ul class="verdict" aria-label="Verdict">
      {parts.map(({ kind, text, why, bad, suspect }) => (
        <li key={kind} class={`verdict-${kind}${bad ? ' verdict-bad' : ''}`} title={why || text}>
          {suspect === undefined ? (
            text
          ) : (
            <button type="button" class="verdict-go" title={text} onClick={() => toggleSuspect(suspect)}>
              {text}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
