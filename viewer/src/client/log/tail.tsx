// The end of a log that is still being read, on demand: what a person whose job just died looks for first.
import { signal } from '@preact/signals';
import type { LogLine, LogView } from '@tidemark/shared/view/data-source.js';
import { useEffect, useState } from 'preact/hooks';
import { clockOfAxis } from '../state/axis.js';
import { clockOf, NO_FILTER } from '../state/choice.js';
import { fail } from '../state/fetched.js';
import { goToInstant, scrollTo } from '../state/jump.js';
import { announce } from '../state/messages.js';
import { recordings, source } from '../state/opened.js';
import { Row } from './row.js';
import { gridOf } from './row-grid.js';
import { saysDay } from './says-day.js';

const LINES = 200;

/** The log whose end was asked for. */
const asked = signal<string | null>(null);

/** Shows the end of a log that is still being read; false for one whose lines are all known. */
export function showTail({ id, progress }: Pick<LogView, 'id' | 'progress'>): boolean {
  if (progress >= 1) return false;
  asked.value = id;
  return true;
}

export function Tail({ log }: { log: LogView }) {
  const [lines, setLines] = useState<readonly LogLine[] | null>(null);
  const reading = log.progress < 1;
  const wanted = asked.value === log.id;
  useEffect(() => {
    if (!wanted) return;
    if (!reading) {
      asked.value = null;
      setLines(null);
      // Its numbers are known now: the list itself shows the same lines.
      if (lines !== null) scrollTo(log.id, log.facts.lines);
      return;
    }
    source
      .peek()
      ?.lines({ log: log.id, clock: clockOf(log.id), lines: { last: LINES } })
      .then((found) => {
        setLines(found);
        announce(`The last ${found.length} lines of ${log.name}`);
      }, fail);
  }, [reading, wanted]);
  if (!reading) return null;
  if (!wanted || lines === null) {
    return (
      <p class="remark">
        <button type="button" class="button button-quiet" disabled={wanted} onClick={() => showTail(log)}>
          Show the end of the file
        </button>
      </p>
    );
  }
  const owner = recordings.value.find(({ id }) => id === log.recording) ?? recordings.value[0];
  // As the list below has it: the two stand in line.
  const withDay = saysDay(log);
  const hide = (): void => {
    asked.value = null;
    setLines(null);
  };
  return (
    <section class="log-end" aria-label={`End of ${log.name}`}>
      <div class="remark">
        <span>
          {lines.length === 0
            ? 'The file is empty.'
            : `The last ${lines.length} lines. Their numbers are known when all of it is read.`}
        </span>
        <button type="button" class="button button-quiet" onClick={hide}>
          Hide
        </button>
      </div>
      <div
        class="log-tail"
        role="listbox"
        tabIndex={0}
        style={gridOf(log, true, false, withDay)}
        aria-label={`End of ${log.name}, line numbers not known yet`}
      >
        {[...lines].reverse().map((line) => (
          <Row
            key={line.line}
            number={line.line}
            line={line}
            time={clockOfAxis.value}
            startMs={owner?.startMs ?? 0}
            withDay={withDay}
            state=""
            lit={false}
            rest={false}
            filter={NO_FILTER}
            timed={log.facts.dated > 0}
            change={undefined}
            onPick={({ timeMs }) => {
              if (timeMs !== null) goToInstant(log.recording, timeMs);
            }}
          />
        ))}
      </div>
    </section>
  );
}
