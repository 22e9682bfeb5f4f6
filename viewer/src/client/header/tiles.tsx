// The four numbers that answer most questions, one row for each recording.

import type { RecordingView } from '@tidemark/shared/view/data-source.js';
import { restingAxis } from '../state/axis.js';
import { finalValues } from '../state/final-values.js';
import { findings } from '../state/findings.js';
import { recordings, status } from '../state/opened.js';
import { legend } from '../state/shown-lines.js';
import { EndingPill } from './ending-pill.js';
import { durationFact, type Fact, finalFact, headroomFact, peakFact } from './facts.js';
import { Verdict } from './verdict.js';

/** The names stand while the numbers are on their way, so that nothing jumps. */
const AWAITED = ['Peak', 'Final', 'Duration', 'Headroom'];

export function Tiles() {
  const open = recordings.value;
  return (
    <section class="tiles" aria-label="Summary">
      {status.value.kind === 'loading' && (
        <dl class="tile-row">
          {AWAITED.map((name) => (
            <Tile key={name} fact={{ name, value: '…', detail: '', why: '' }} />
          ))}
        </dl>
      )}
      {open.map((recording) => {
        const lines = legend.value.filter((line) => line.recording === recording.id);
        // The leading line by which the graph's peak is told; the first of the legend when all are switched off.
        const lead = (lines.find((line) => line.shown && line.column.unit === 'bytes') ?? lines[0])?.column.name;
        if (lead === undefined) return null;
        const facts = [
          peakFact(recording, lead, restingAxis.value),
          finalFact(recording, lead, finalOf(recording, lead)),
          durationFact(recording),
          headroomFact(recording),
        ];
        return (
          <dl class={open.length > 1 ? 'tile-row tile-row-several' : 'tile-row'} key={recording.id}>
            {open.length > 1 && (
              <div class="tile-owner">
                <dt>{recording.info?.label ?? recording.name}</dt>
                <dd>
                  <EndingPill recording={recording} />
                </dd>
              </div>
            )}
            {facts.map((fact) => (
              <Tile key={fact.name} fact={fact} />
            ))}
          </dl>
        );
      })}
      <Verdict />
    </section>
  );
}

function Tile({ fact }: { fact: Fact }) {
  return (
    <div class={`tile${fact.tight === true ? ' tile-tight' : ''}`} title={fact.why}>
      <dt class="tile-name">{fact.name}</dt>
      <dd class="tile-value">{fact.value}</dd>
      <dd class="tile-detail">{fact.detail}</dd>
      {fact.share !== undefined && (
        <dd class="tile-meter">
          <span class="sr-only">{`${Math.round(fact.share * 100)} % used at most`}</span>
          <svg viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
            <rect class="meter-room" width="100" height="3" />
            <rect class="meter-used" width={fact.share * 100} height="3" />
          </svg>
        </dd>
      )}
    </div>
  );
}

/** The newest sample; of a run that ended the level that it left, once that is known: its last samples may be those of its exit. */
function finalOf({ id, live }: RecordingView, column: string): number | undefined {
  const newest = finalValues.value.get(id);
  const found = findings.value.get(id) ?? null;
  return live || found === null || found.column !== column ? newest : (found.run?.finalBytes ?? newest);
}
