// What a reader of this log must know before trusting where it lies on the graph.
import type { LogView } from '@tidemark/shared/view/data-source.js';
import { Icon } from '../parts/icons.js';
import { clockOf, setClock } from '../state/choice.js';
import { recordings } from '../state/opened.js';
import { formatShift } from './offsets.js';

const DAY_MS = 86_400_000;

/** " (19 days)": hours beyond two days say nothing to a person. */
function inDays(ms: number): string {
  const days = Math.abs(ms) / DAY_MS;
  return days < 2 ? '' : ` (${Number.isInteger(days) ? '' : 'about '}${Math.round(days)} days)`;
}

export function Remarks({ log }: { log: LogView }) {
  const { facts, remarks, suggestedShiftMs, progress } = log;
  const clock = clockOf(log.id);
  const untouched = clock.shiftMs === 0 && clock.zone === null;
  const undated = progress >= 1 && facts.lines > 0 && facts.dated === 0;
  const suggest = suggestedShiftMs !== null && suggestedShiftMs !== 0 && untouched && recordings.value.length > 0;
  const others = undated ? remarks.filter((text) => !/date|timestamp|stamp/i.test(text)) : remarks;
  return (
    <>
      {progress < 1 && (
        <p class="remark" role="status">
          {`Reading ${log.name}: ${Math.floor(progress * 100)} %`}
        </p>
      )}
      {undated && (
        <p class="remark" role="status">
          No timestamps found: shown undated, without marks on the graph.
        </p>
      )}
      {suggest && (
        <div class="remark remark-warn" role="status">
          <Icon name="warn" />
          <span>{`This log does not overlap the samples. Shift it by ${formatShift(suggestedShiftMs)}${inDays(suggestedShiftMs)}?`}</span>
          <button
            type="button"
            class="button button-primary"
            onClick={() => setClock(log.id, { ...clock, shiftMs: suggestedShiftMs })}
          >
            Apply
          </button>
        </div>
      )}
      {others.map((text) => (
        <p class="remark" key={text}>
          {text}
        </p>
      ))}
    </>
  );
}
