// The logs under the graph: a tab each, the filter, the clock, the lines.
import { choose } from '../state/choice.js';
import { found, passingElsewhere } from '../state/hits.js';
import { openLog } from '../state/near-line.js';
import { logs, recordings, status } from '../state/opened.js';
import { ClockControl } from './clock-control.js';
import { Detail } from './detail.js';
import { FilterBar } from './filter-bar.js';
import { Remarks } from './remarks.js';
import { LogRows } from './rows.js';
import { Tail } from './tail.js';
import { ViewMenu } from './view-menu.js';

export function LogPanel() {
  const log = openLog.value;
  if (log === null && status.value.kind === 'loading') return <section class="log" aria-label="Log" aria-busy="true" />;
  if (log === null) {
    return (
      <section class="log" aria-label="Log">
        <div class="log-none">
          <p>No log is open.</p>
          <p>
            Drop one onto the page, or name it: <code>tidemark view RECORDING --log FILE</code>
          </p>
        </div>
      </section>
    );
  }
  const nothing = found.value?.log === log.id && found.value.hits.lines.length === 0;
  return (
    <section class="log" aria-label="Log">
      <div class="log-head">
        <Tabs />
        <div class="log-tools">
          <ClockControl log={log} key={log.id} />
          <ViewMenu />
        </div>
      </div>
      <FilterBar log={log} />
      <Remarks log={log} />
      <Tail log={log} key={`tail ${log.id}`} />
      <div class="log-body" role="tabpanel" aria-label={log.name}>
        <LogRows log={log} />
        {log.facts.lines === 0 && log.progress >= 1 && <p class="log-empty">This log has no lines yet.</p>}
        {nothing && <p class="log-empty">No entry passes the filter.</p>}
      </div>
      <Detail log={log} />
    </section>
  );
}

function Tabs() {
  const open = openLog.value;
  const all = logs.value;
  const passing = passingElsewhere.value;
  const several = recordings.value.length > 1;
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const now = all.findIndex(({ id }) => id === open?.id);
    const next = all[(now + step + all.length) % all.length];
    if (next === undefined) return;
    choose({ log: next.id });
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Logs" onKeyDown={move}>
      {all.map((log) => {
        const owner = several ? recordings.value.find(({ id }) => id === log.recording)?.name : undefined;
        return (
          <button
            key={log.id}
            id={`tab-${log.id}`}
            type="button"
            role="tab"
            class="tab"
            aria-selected={log.id === open?.id}
            tabIndex={log.id === open?.id ? 0 : -1}
            title={log.name}
            onClick={() => choose({ log: log.id })}
          >
            {log.name.slice(log.name.lastIndexOf('/') + 1)}
            {owner !== undefined && <span class="tab-owner">{owner}</span>}
            {passing.has(log.id) && (
              <span class="tab-count" title="Entries in it that pass the filter">
                <span class="sr-only">, </span>
                {passing.get(log.id)?.toLocaleString('en')}
                <span class="sr-only"> pass the filter</span>
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
