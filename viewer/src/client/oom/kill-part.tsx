// Why the job was killed, as far as it is known, and what stood there just before. Nothing where nobody was.
import { VERDICT_TITLES } from '@tidemark/shared/oom/words.js';
import type { OomInfo } from '@tidemark/shared/recording/recording.js';
import { axis, originOf, show, whole } from '../state/axis.js';
import { pinAt } from '../state/jump.js';
import { recordings } from '../state/opened.js';
import { including } from '../state/span.js';
import { curveOf, killFacts, killLines } from './kill-facts.js';

export function KillPart() {
  const killed = recordings.value.flatMap(({ id, name, info }) =>
    info?.oom === undefined ? [] : [{ id, name, oom: info.oom }],
  );
  return (
    <>
      {killed.map(({ id, name, oom }) => (
        <section key={id} class={`aside-part kill kill-${oom.verdict}`} aria-labelledby={`kill-${id}`}>
          <h2 id={`kill-${id}`}>
            {VERDICT_TITLES[oom.verdict]}
            {recordings.value.length > 1 && <span class="kill-owner">{name}</span>}
          </h2>
          <p class="kill-why">
            <span class="kill-verdict">{oom.verdict === 'no-evidence' ? 'no evidence' : oom.verdict}</span> {oom.why}
          </p>
          {oom.verdict !== 'no-evidence' && <Curve oom={oom} />}
          <Facts oom={oom} recording={id} />
          <LastLines oom={oom} />
        </section>
      ))}
    </>
  );
}

function Facts({ oom, recording }: { oom: OomInfo; recording: string }) {
  const { last_sample: last } = oom;
  return (
    <>
      <dl class="kill-facts">
        {killFacts(oom).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {last !== null && (
        <button type="button" class="button" onClick={() => goTo(Date.parse(last.time) - originOf(recording))}>
          Show the last full sample
        </button>
      )}
    </>
  );
}

function goTo(timeMs: number): void {
  const now = axis.peek();
  const next = including(now, whole.peek(), timeMs);
  if (next !== now) show(next);
  void pinAt(timeMs);
}

/** What was left below the limit at the last samples: down is out of memory. */
function Curve({ oom }: { oom: OomInfo }) {
  const curve = curveOf(oom);
  if (curve === null) return null;
  return (
    <figure class="kill-curve">
      <svg viewBox="0 0 100 32" preserveAspectRatio="none" role="img" aria-label={curve.caption}>
        <path class="kill-area" d={`${curve.path} L 100 32 L 0 32 Z`} />
        <path class="kill-line" d={curve.path} />
      </svg>
      <figcaption>{curve.caption}</figcaption>
    </figure>
  );
}

function LastLines({ oom }: { oom: OomInfo }) {
  const { from, lines } = killLines(oom);
  if (lines.length === 0) return null;
  return (
    <details class="kill-lines">
      <summary>{`Last ${lines.length === 1 ? 'line' : `${lines.length} lines`} of ${from}`}</summary>
      <pre>{lines.join('\n')}</pre>
    </details>
  );
}
