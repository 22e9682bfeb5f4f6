// One line of the log. Its text is data: pieces of text, never HTML.
import type { TimeAxis } from '@tidemark/shared/chart/model.js';
import type { Level } from '@tidemark/shared/logs/entry.js';
import type { LogFilter, LogLine } from '@tidemark/shared/view/data-source.js';
import { type Piece, readAnsi } from './ansi.js';
import type { Change } from './change.js';
import { cutAt, matchesIn } from './highlight.js';
import { LevelGlyph } from './level-glyph.js';
import { stampLength, stampOf } from './stamp.js';

const LETTERS: Readonly<Record<Level, string>> = {
  trace: 'T',
  debug: 'D',
  info: 'I',
  warn: 'W',
  error: 'E',
  fatal: 'F',
};

interface RowProps {
  readonly number: number;
  /** Undefined while it is on its way. */
  readonly line: LogLine | undefined;
  readonly time: Pick<TimeAxis, 'clock' | 'zone'>;
  readonly startMs: number;
  /** Stamps tell the day too. */
  readonly withDay: boolean;
  readonly state: '' | 'hit' | 'near';
  /** Written by the chosen statement. */
  readonly lit: boolean;
  /** Does not pass the filter, and is shown all the same. */
  readonly rest: boolean;
  readonly filter: LogFilter;
  /** The time has a column. */
  readonly timed: boolean;
  /** Of memory since the line above; null where it is not known, undefined without a column for it. */
  readonly change: Change | null | undefined;
  readonly onPick: (line: LogLine) => void;
}

export function Row({
  number,
  line,
  time,
  startMs,
  withDay,
  state,
  lit,
  rest,
  filter,
  timed,
  change,
  onPick,
}: RowProps) {
  if (line === undefined) {
    return (
      <div class="row row-waiting" aria-hidden="true">
        <span class="row-number">{number}</span>
        <span class="row-waiting-bar" />
      </div>
    );
  }
  const { level, continues, timeMs, text, stream } = line;
  const stamp = timeMs === null || continues ? '' : stampOf(timeMs, time, startMs, withDay);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself handles keys, as a listbox does
    <div
      id={`line-${number}`}
      class={`row${state === '' ? '' : ` row-${state}`}${continues ? ' row-continues' : ''}${level === null ? '' : ` row-${level}`}${lit ? ' row-lit' : ''}${rest ? ' row-rest' : ''}`}
      role="option"
      tabIndex={-1}
      aria-selected={state === 'hit'}
      onClick={() => onPick(line)}
    >
      <span class="row-number">
        {number > 0 ? number : '?'}
        {lit && <span class="sr-only">, lit</span>}
      </span>
      {timed && <span class="row-time">{stamp}</span>}
      {change !== undefined && <ChangeCell change={change} />}
      <span class="row-level" title={level ?? 'no level stated'}>
        {!continues && (
          <>
            <LevelGlyph level={level} />
            <span class="row-letter" aria-hidden="true">
              {level === null ? '' : LETTERS[level]}
            </span>
            {level !== null && <span class="sr-only">{level}</span>}
          </>
        )}
      </span>
      <span class={`row-text${stream === 'stderr' ? ' row-stderr' : ''}`}>
        {marked(withStamp(readAnsi(text), timed && stamp !== ''), filter)}
      </span>
    </div>
  );
}

function ChangeCell({ change }: { change: Change | null }) {
  if (change === null) return <span class="row-change" />;
  const { text, kind, large, share } = change;
  if (kind === 'noise') {
    return (
      <span class="row-change row-change-noise" aria-hidden="true">
        {text}
      </span>
    );
  }
  return (
    <span
      class={`row-change row-change-${kind}${large ? ' row-change-large' : ''}`}
      title="Change of memory since the line above"
      style={{ '--share': share.toFixed(3) }}
    >
      {text}
      <span class="sr-only"> of memory since the line above,</span>
    </span>
  );
}

/** Sets the line's own stamp apart when the column beside it shows the instant. */
function withStamp(pieces: readonly Piece[], shown: boolean): readonly Piece[] {
  const [first, ...others] = pieces;
  const length = shown && first !== undefined ? stampLength(first.text) : 0;
  if (first === undefined || length === 0) return pieces;
  const stamp: Piece = { text: first.text.slice(0, length), style: `row-stamp ${first.style}`.trim() };
  return [stamp, { ...first, text: first.text.slice(length) }, ...others];
}

function marked(pieces: readonly Piece[], filter: LogFilter) {
  const stretches = matchesIn(pieces.map(({ text }) => text).join(''), filter);
  let start = 0;
  return pieces.flatMap(({ text, style }, i) => {
    const cuts = cutAt(text, start, stretches);
    start += text.length;
    return cuts.map((cut, j) => {
      const key = `${i}.${j}`;
      const content = cut.marked ? <mark key={key}>{cut.text}</mark> : cut.text;
      return style === '' ? (
        content
      ) : (
        <span key={key} class={style}>
          {content}
        </span>
      );
    });
  });
}
