// The line under the numbers: what they come to.
import { goToEntry, goToSpike, toggleSuspect } from '../findings/go.js';
import { restingModel } from '../state/chart-model.js';
import { phases } from '../state/fetched.js';
import { findings } from '../state/findings.js';
import { recordings } from '../state/opened.js';
import { type VerdictPart, verdictOf } from './verdict-words.js';

export function Verdict() {
  const open = recordings.value;
  const id = open[0]?.id ?? '';
  const parts = verdictOf(open, restingModel.value?.subtitle ?? '', findings.value.get(id), phases.value.get(id) ?? []);
  return (
    <ul class="verdict" aria-label="Verdict">
      {parts.map((part) => (
        <li
          key={part.kind}
          class={`verdict-${part.kind}${part.bad ? ' verdict-bad' : ''}`}
          title={part.why || part.text}
        >
          <Said part={part} recording={id} />
        </li>
      ))}
    </ul>
  );
}

/** What is told of has a way to it. */
function Said({ part: { text, suspect, spike, entry }, recording }: { part: VerdictPart; recording: string }) {
  if ((suspect ?? spike ?? entry) === undefined) return <>{text}</>;
  const go = (): void => {
    if (suspect !== undefined) toggleSuspect(suspect);
    else if (spike !== undefined) goToSpike(recording, spike);
    else if (entry !== undefined) goToEntry(entry);
  };
  return (
    <button type="button" class="verdict-go" title={text} onClick={go}>
      {text}
    </button>
  );
}
