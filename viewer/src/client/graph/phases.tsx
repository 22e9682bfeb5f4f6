// The phases as a table; each row fills the view with its phase, and under it stand its slope and the log line that it begins with.
import { formatInstant } from '@tidemark/shared/chart/captions.js';
import { formatBytesChange, formatSlope } from '@tidemark/shared/words/bytes.js';
import { formatDuration } from '@tidemark/shared/words/durations.js';
import { Fragment } from 'preact';
import { goToEntry } from '../findings/go.js';
import { entryOf, fromEntry } from '../findings/words.js';
import { originOf, restingAxis, show, whole } from '../state/axis.js';
import { cursorMs } from '../state/choice.js';
import { phases } from '../state/fetched.js';
import { findings } from '../state/findings.js';
import { hoverMs } from '../state/near-line.js';
import { recordings, status } from '../state/opened.js';
import { around } from '../state/span.js';
import { inEither } from '../state/theme.js';
import { pointsAt } from './points-at.js';

export function Phases() {
  const open = recordings.value.filter(({ id }) => (phases.value.get(id)?.length ?? 0) > 0);
  if (open.length === 0) {
    const looking = status.value.kind === 'loading' || recordings.value.some(({ id }) => !phases.value.has(id));
    return <p class="aside-empty">{looking ? 'Looking for phases…' : 'No phases were found.'}</p>;
  }
  return (
    <>
      {open.map((recording) => (
        <PhaseTable key={recording.id} id={recording.id} name={open.length > 1 ? recording.name : ''} />
      ))}
    </>
  );
}

function PhaseTable({ id, name }: { id: string; name: string }) {
  const list = phases.value.get(id) ?? [];
  const time = restingAxis.value;
  const origin = originOf(id);
  const named = findings.value.get(id)?.phases ?? [];
  const crosshair = hoverMs.value ?? cursorMs.value;
  return (
    <table class="phases">
      <caption class={name === '' ? 'sr-only' : ''}>{name === '' ? 'Phases' : `Phases of ${name}`}</caption>
      <thead>
        <tr>
          <th scope="col">Phase</th>
          <th scope="col">{time.clock === 'wall' ? 'From' : 'After'}</th>
          <th scope="col" class="number">
            Lasts
          </th>
          <th scope="col" class="number">
            Change
          </th>
          <th scope="col" class="number" title="Share of all growth">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {list.map((phase) => {
          const fromMs = phase.startMs - origin;
          const toMs = phase.endMs - origin;
          const inView = fromMs < time.toMs && toMs > time.fromMs;
          const slope = phase.kind === 'plateau' ? '' : formatSlope(phase.slopeBytesPerS);
          const entry = entryOf(named, phase);
          return (
            <Fragment key={phase.startMs}>
              <tr
                class={inView ? '' : 'out-of-view'}
                aria-current={crosshair !== null && crosshair >= fromMs && crosshair < toMs ? 'true' : undefined}
                {...pointsAt({ fromMs, toMs })}
                onClick={() => show(around({ fromMs, toMs }, whole.peek()))}
              >
                <td>
                  <button type="button" class="phase-button" title="Show this phase">
                    <svg class="phase-dot" viewBox="0 0 10 10" aria-hidden="true">
                      <rect
                        width="10"
                        height="10"
                        rx="2.5"
                        style={{ fill: inEither(({ phases: of }) => of[phase.kind]) }}
                      />
                    </svg>
                    {phase.kind}
                  </button>
                </td>
                <td class="number">{formatInstant(fromMs, time)}</td>
                <td class="number">{formatDuration(toMs - fromMs)}</td>
                <td class="number">{formatBytesChange(Math.round(phase.deltaBytes))}</td>
                <td class="number">
                  {slope !== '' && phase.share >= 0.005 ? `${Math.round(phase.share * 100)} %` : ''}
                </td>
              </tr>
              {(entry !== null || slope !== '') && (
                <tr class={`phase-more${inView ? '' : ' out-of-view'}`}>
                  <td colSpan={5}>
                    <div>
                      {entry !== null && (
                        <button
                          type="button"
                          class="phase-from"
                          title="Show this line in the log"
                          onClick={() => goToEntry(entry)}
                        >
                          {fromEntry(entry, phase)}
                        </button>
                      )}
                      <span class="phase-slope">{slope}</span>
                    </div>
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
