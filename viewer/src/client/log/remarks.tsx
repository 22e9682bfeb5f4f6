// What a reader of this log must know before trusting where it lies on the graph.
import type { LogClock, LogView } from '@tidemark/shared/view/data-source.js';
import { Icon } from '../parts/icons.js';
import { clockOf, PLAIN_CLOCK } from '../state/choice.js';
import { moveClock, remembered } from '../state/clock-moves.js';
import { recordings } from '../state/opened.js';
import { formatShift } from './offsets.js';

const DAY_MS = 86_400_000;

/** " (19 days)": hours beyond two days say nothing to a person. */
function inDays(ms: number): string {
  const days = Math.abs(ms) / DAY_MS;
  return days < 2 ? '' : ` (${Number.isInteger(days) ? '' : 'about '}${Math.round(days)} days)`;
}

function inWords({ zone, shiftMs }: LogClock): string {
  const read = zone === null ? '' : `read as ${zone}`;
  const moved = shiftMs === 0 ? '' : `moved by ${formatShift(shiftMs)}${inDays(shiftMs)}`;
  return `This log is ${[read, moved].filter((part) => part !== '').join(' and ')}`;
}

export function Remarks({ log }: { log: LogView }) {
  const { facts, remarks, suggestedShiftMs, progress } = log;
  const clock = clockOf(log.id);
  const untouched = clock.shiftMs === 0 && clock.zone === null;
  const undated = progress >= 1 && facts.lines > 0 && facts.dated === 0;
  const suggest = suggestedShiftMs !== null && suggestedShiftMs !== 0 && untouched && recordings.value.length > 0;
  const back = remembered.value.get(log.id);
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
            onClick={() => moveClock(log.id, { ...clock, shiftMs: suggestedShiftMs })}
          >
            Apply
          </button>
        </div>
      )}
      {back !== undefined && (
        <div class="remark" role="status">
          <Icon name="clock" />
          <span>{`${inWords(back)}, as you left it last time.`}</span>
          <button type="button" class="button" onClick={() => moveClock(log.id, PLAIN_CLOCK)}>
            Reset
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
