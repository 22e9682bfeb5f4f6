// What of the log is shown, and so which marks are on the graph.
import { LEVELS, type Level } from '@tidemark/shared/logs/entry.js';
import { shownTemplate } from '@tidemark/shared/suspects/message-text.js';
import type { LogView } from '@tidemark/shared/view/data-source.js';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/icons.js';
import { choose, filter, NO_FILTER, toggleLevel } from '../state/choice.js';
import { filtering, filterTrouble, soundFilter } from '../state/filtering.js';
import { found, searching, stopSearch } from '../state/hits.js';
import { lit } from '../state/lit.js';
import { logLook, toggleLook } from '../state/log-view.js';
import { stepToHit } from '../state/steps.js';
import { LevelGlyph } from './level-glyph.js';

export const SEARCH_ID = 'log-search';
/** Typing settles for this long before it counts. Unit: ms. */
const TYPING_MS = 150;

export function FilterBar({ log }: { log: LogView }) {
  const { text, regex, levels, statement } = filter.value;
  const alight = lit.value?.log === log.id ? lit.value : null;
  const field = useRef<HTMLInputElement>(null);
  const typing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  // The back button changes the text from outside; while it is typed the field is ahead.
  useEffect(() => {
    if (field.current !== null && document.activeElement !== field.current) field.current.value = text;
  }, [text]);

  const commit = (): void => {
    clearTimeout(typing.current);
    const typed = field.current?.value ?? '';
    if (typed !== filter.peek().text) choose({ filter: { ...filter.peek(), text: typed } });
  };
  const trouble = filterTrouble.value;
  const present = LEVELS.filter((level) => countOf(log, level) > 0 || levels?.includes(level));
  return (
    <search class="filter-bar" aria-label="Filter the log">
      <div class={`search${trouble === null ? '' : ' search-bad'}`}>
        <Icon name="search" />
        <input
          id={SEARCH_ID}
          ref={field}
          type="search"
          class="search-field"
          aria-label="Filter by text"
          aria-invalid={trouble !== null}
          aria-describedby="filter-trouble"
          placeholder="Filter lines  /"
          autocomplete="off"
          spellcheck={false}
          maxLength={2000}
          defaultValue={text}
          onInput={() => {
            clearTimeout(typing.current);
            typing.current = setTimeout(commit, TYPING_MS);
          }}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Enter') {
              commit();
              void stepToHit(!event.shiftKey);
            } else if (event.key === 'Escape') {
              if (field.current?.value) {
                field.current.value = '';
                commit();
              } else field.current?.blur();
            }
          }}
        />
        <button
          type="button"
          class="search-regex"
          aria-pressed={regex}
          aria-label="Regular expression"
          title="Regular expression"
          onClick={() => choose({ filter: { ...filter.peek(), regex: !regex } })}
        >
          .*
        </button>
      </div>
      <fieldset class="levels" aria-label="Levels">
        {present.map((level) => (
          <button
            key={level}
            type="button"
            class="chip chip-level"
            aria-pressed={levels?.includes(level) ?? false}
            title={level === 'info' ? 'info, and entries that state no level' : level}
            onClick={() => choose({ filter: { ...filter.peek(), levels: toggleLevel(levels, level, present) } })}
          >
            <LevelGlyph level={level} />
            <span>{level}</span>
            <span class="chip-value">{countOf(log, level).toLocaleString('en')}</span>
            <span class="sr-only">entries</span>
          </button>
        ))}
      </fieldset>
      {statement !== undefined && (
        <button
          type="button"
          class="chip chip-statement"
          aria-label={`Show other statements than ${shownTemplate(statement)} too`}
          title={shownTemplate(statement)}
          onClick={() => {
            const { statement: _, ...others } = filter.peek();
            choose({ filter: others });
          }}
        >
          <code>{shownTemplate(statement)}</code>
          <Icon name="close" />
        </button>
      )}
      {alight !== null && statement !== alight.statement && (
        <button
          type="button"
          class="chip chip-more"
          title={shownTemplate(alight.statement)}
          onClick={() => choose({ filter: { ...filter.peek(), statement: alight.statement } })}
        >
          Only the lit statement
        </button>
      )}
      {filtering.value && (
        <button
          type="button"
          class="chip chip-level"
          aria-pressed={logLook.value.rest}
          title="Keep the lines that do not pass, and mark those that do beside the scroll bar"
          onClick={() => toggleLook('rest')}
        >
          Lines between
        </button>
      )}
      <span class="hits" role="status">
        {trouble === null ? hitsText(log) : ''}
      </span>
      {searching.value && trouble === null && (
        <button type="button" class="button button-quiet" onClick={stopSearch}>
          Stop
        </button>
      )}
      <span id="filter-trouble" class="filter-trouble" role="alert">
        {trouble === null ? '' : `Not a regular expression yet: ${trouble}`}
      </span>
      {(text !== '' || levels !== null || statement !== undefined) && (
        <button
          type="button"
          class="button button-quiet"
          onClick={() => {
            if (field.current !== null) field.current.value = '';
            choose({ filter: NO_FILTER });
          }}
        >
          Clear
        </button>
      )}
    </search>
  );
}

/** Entries that state no level stand with "info". */
function countOf({ facts }: LogView, level: Level): number {
  return facts.levels[level] + (level === 'info' ? facts.levels.none : 0);
}

function hitsText(log: LogView): string {
  const entries = (n: number): string => `${n.toLocaleString('en')} ${n === 1 ? 'entry' : 'entries'}`;
  if (!filtering.value) return entries(log.facts.entries);
  if (found.value === null || found.value.filter !== soundFilter.value) return 'searching…';
  const { hits } = found.value;
  if (hits.searched !== undefined) {
    return `${hits.entries.toLocaleString('en')} so far, ${Math.floor(hits.searched * 100)} % searched…`;
  }
  if (searching.value) return 'searching…';
  const more = hits.truncated ? ' or more' : '';
  return `${hits.entries.toLocaleString('en')}${more} of ${entries(log.facts.entries)}`;
}
