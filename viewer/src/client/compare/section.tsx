// What differs between two recordings, figure by figure and phase by phase, with a way to say which came first.
import { measureName, measureRow, phaseRows } from '@tidemark/shared/compare/words.js';
import type { ComponentChildren } from 'preact';
import { Icon } from '../parts/icons.js';
import { chooseSide, comparison, type Side, sides, swapSides } from '../state/comparison.js';
import { findings } from '../state/findings.js';
import { recordings } from '../state/opened.js';

/** Nothing where fewer than two recordings are open. */
export function CompareSection() {
  if (sides.value === null) return null;
  return (
    <section class="aside-part" aria-labelledby="compare-title">
      <h2 id="compare-title">Before / after</h2>
      <SidesLine />
      <Difference />
    </section>
  );
}

function SidesLine() {
  return (
    <div class="compare-sides">
      <SideName side="before" />
      <button
        type="button"
        class="button button-icon button-quiet"
        aria-label="Swap before and after"
        title="Swap"
        onClick={swapSides}
      >
        <Icon name="swap" />
      </button>
      <SideName side="after" />
    </div>
  );
}

/** Of two recordings there is nothing to choose but the order. */
function SideName({ side }: { side: Side }) {
  const open = recordings.value;
  const now = sides.value?.[side];
  if (now === undefined) return null;
  const word = side === 'before' ? 'Before' : 'After';
  if (open.length === 2) {
    return (
      <p class="compare-side">
        <span class="compare-word">{word}</span> <strong title={now.name}>{now.name}</strong>
      </p>
    );
  }
  return (
    <label class="compare-side">
      <span class="compare-word">{word}</span>
      <select value={now.id} onChange={(event) => chooseSide(side, event.currentTarget.value)}>
        {open.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Difference() {
  const found = comparison.value;
  if (found === null) {
    const now = sides.value;
    const looked = now !== null && [now.before, now.after].every(({ id }) => findings.value.has(id));
    return (
      <p class="aside-empty" aria-busy={!looked}>
        {looked ? 'One of them shows no line that counts bytes: there is nothing to compare.' : 'Comparing…'}
      </p>
    );
  }
  const phases = phaseRows(found);
  return (
    <>
      <Rows caption="Differences" first="Figure">
        {found.measures.map((measure) => (
          <Row key={measureName(measure)} cells={measureRow(measure)} />
        ))}
      </Rows>
      {phases.length > 0 && (
        <Rows caption="Differences by phase" first="Phase">
          {phases.map(({ cells, name }, at) => (
            // Phases of one kind may come again and again.
            <Row key={at} cells={cells} name={name} />
          ))}
        </Rows>
      )}
      {[found.method, ...found.remarks].map((text) => (
        <p key={text} class="compare-method">
          {text}
        </p>
      ))}
    </>
  );
}

function Rows({ caption, first, children }: { caption: string; first: string; children: ComponentChildren }) {
  return (
    <table class="compare-table">
      <caption class="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col" class="number">
            Before
          </th>
          <th scope="col" class="number">
            After
          </th>
          <th scope="col" class="number">
            Change
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

/** As shared/src/compare/words.ts gives them: name, before, after, change, percent, verdict, and the time of a phase. */
function Row({ cells, name = null }: { cells: readonly string[]; name?: string | null }) {
  const [what, before, after, change, percent, verdict = '', time = ''] = cells;
  const judged = verdict === 'less' || verdict === 'more' ? verdict : 'open';
  return (
    <tr>
      <th scope="row">
        {what}
        {name !== null && (
          <span class="compare-name" title={name}>
            {name}
          </span>
        )}
      </th>
      <td class="number">{before}</td>
      <td class="number">{after}</td>
      <td class="number">
        {change} {percent}
        <span class={`compare-verdict compare-${judged}`}>{verdict}</span>
        {time !== '' && <span class="compare-time">{time}</span>}
      </td>
    </tr>
  );
}
