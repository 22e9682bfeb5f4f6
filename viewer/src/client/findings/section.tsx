// The findings beside the log: a short list, then the statements that growth coincides with.
import type { Findings, FoundSuspect } from '@tidemark/shared/view/data-source.js';
import { pointsAt } from '../graph/points-at.js';
import { originOf, whole } from '../state/axis.js';
import { chosenSuspect } from '../state/choice.js';
import { phases } from '../state/fetched.js';
import { findings } from '../state/findings.js';
import { suspectKey } from '../state/lit.js';
import { recordings, status } from '../state/opened.js';
import { goToFinding, spanOf, toggleSuspect } from './go.js';
import { type Finding, findingsInWords, MOST_SPIKES, suspectInWords } from './words.js';

export function FindingsList() {
  const open = recordings.value;
  const waiting =
    status.value.kind === 'loading' || open.some(({ id }) => !findings.value.has(id) || !phases.value.has(id));
  return (
    <div class="findings" aria-busy={waiting}>
      {waiting ? (
        <Waiting />
      ) : open.length === 0 ? (
        <p class="aside-empty">Findings need samples: no recording is open.</p>
      ) : (
        open.map(({ id, name }) => (
          <OfRecording key={id} id={id} name={open.length > 1 ? name : ''} found={findings.value.get(id) ?? null} />
        ))
      )}
    </div>
  );
}

/** As high as what mostly comes. */
function Waiting() {
  return (
    <>
      <p class="sr-only">Looking for what stands out…</p>
      {[0, 1].map((row) => (
        <div key={row} class="found-waiting" aria-hidden="true">
          <span />
          <span />
        </div>
      ))}
    </>
  );
}

function OfRecording({ id, name, found }: { id: string; name: string; found: Findings | null }) {
  const suspects = found?.suspects ?? [];
  const list = findingsInWords(
    found ?? { spikes: [], leak: null },
    phases.value.get(id) ?? [],
    whole.value,
    originOf(id),
  );
  const nothing = suspects.length === 0 && list.every(({ quiet }) => quiet);
  const more = (found?.spikes.length ?? 0) - MOST_SPIKES;
  return (
    <>
      {name !== '' && <h3 class="findings-head">{name}</h3>}
      {nothing && <p class="aside-empty">Nothing stands out.</p>}
      {list.length > 0 && (
        <ol aria-label={name === '' ? 'Findings' : `Findings in ${name}`}>
          {list.map((finding) => (
            <li key={`${finding.kind} ${finding.title} ${finding.detail}`}>
              <FindingButton recording={id} finding={finding} />
            </li>
          ))}
        </ol>
      )}
      {more > 0 && <p class="aside-empty">{more === 1 ? 'One smaller spike.' : `${more} smaller spikes.`}</p>}
      {suspects.length > 0 && (
        <>
          <h3 class="findings-head">Growth coincides with</h3>
          <ol aria-label={name === '' ? 'Suspects' : `Suspects in ${name}`}>
            {suspects.map((suspect) => (
              <li key={`${suspect.example.log} ${suspect.statement}`}>
                <SuspectButton suspect={suspect} />
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}

function FindingButton({ recording, finding }: { recording: string; finding: Finding }) {
  const { kind, title, detail, quiet } = finding;
  return (
    <button
      type="button"
      class={`found${quiet ? ' found-quiet' : ''}`}
      title={kind === 'leak' ? 'Show the stretch that was judged' : 'Show it in graph and log'}
      {...pointsAt(spanOf(recording, finding))}
      onClick={() => goToFinding(recording, finding)}
    >
      <Glyph kind={kind === 'growth' && finding.phase.kind === 'climb' ? 'climb' : kind} />
      <span class="found-words">
        <span class="found-title">{title}</span> <span class="found-detail">{detail}</span>
      </span>
    </button>
  );
}

function SuspectButton({ suspect }: { suspect: FoundSuspect }) {
  const { bytes, entries } = suspectInWords(suspect);
  const chosen = chosenSuspect.value === suspectKey(suspect);
  return (
    <button
      type="button"
      class="found"
      aria-pressed={chosen}
      title={chosen ? 'Put its entries out (Escape)' : 'Light its entries on the graph and in the log'}
      onClick={() => toggleSuspect(suspect)}
    >
      <span class="found-bytes">{bytes}</span>{' '}
      <span class="found-words">
        <code class="found-template">{suspect.template}</code> <span class="found-detail">{entries}</span>
      </span>
    </button>
  );
}

const GLYPHS = {
  growth: 'M2 13H5L9 3H14',
  climb: 'M2 13L14 4',
  spike: 'M2 13H5L8 2L11 13H14',
  gap: 'M2 4H14M2 13H14M8 6V11M6 8L8 6L10 8',
  leak: 'M2 12L5 8L6.5 11L10 5.5L11.5 8.5L14 3.5',
} as const;

function Glyph({ kind }: { kind: keyof typeof GLYPHS }) {
  return (
    <svg class="icon found-glyph" viewBox="0 0 16 16" aria-hidden="true">
      <path d={GLYPHS[kind]} />
    </svg>
  );
}
