// The end of a log that is still being read, on demand: what a person whose job just died looks for first.
import type { LogLine, LogView } from '@tidemark/shared/view/data-source.js';
import { useEffect, useState } from 'preact/hooks';
import { clockOfAxis } from '../state/axis.js';
import { clockOf, NO_FILTER } from '../state/choice.js';
import { scrollTo } from '../state/jump.js';
import { recordings, source } from '../state/opened.js';
import { Row } from './row.js';
import { gridOf } from './row-grid.js';

const LINES = 200;

export function Tail({ log }: { log: LogView }) {
  const [lines, setLines] = useState<readonly LogLine[] | null>(null);
  const reading = log.progress < 1;
  useEffect(() => {
    if (reading || lines === null) return;
    // Its numbers are known now: the list itself shows the same lines.
    setLines(null);
    scrollTo(log.id, log.facts.lines);
  }, [reading]);
  if (!reading) return null;
  const show = async (): Promise<void> => {
    const found = await source.peek()?.lines({ log: log.id, clock: clockOf(log.id), lines: { last: LINES } });
    setLines(found ?? null);
  };
  if (lines === null) {
    return (
      <p class="remark">
        <button type="button" class="button button-quiet" onClick={() => void show()}>
          Show the end of the file
        </button>
      </p>
    );
  }
  const owner = recordings.value.find(({ id }) => id === log.recording) ?? recordings.value[0];
  return (
    <section
      class="log-tail"
      style={gridOf(log, true, false, false)}
      aria-label={`End of ${log.name}, line numbers not known yet`}
    >
      {[...lines].reverse().map((line) => (
        <Row
          key={line.line}
          number={line.line}
          line={line}
          time={clockOfAxis.value}
          startMs={owner?.startMs ?? 0}
          withDay={false}
          state=""
          lit={false}
          rest={false}
          filter={NO_FILTER}
          timed={log.facts.dated > 0}
          change={undefined}
          onPick={() => undefined}
        />
      ))}
    </section>
  );
}
