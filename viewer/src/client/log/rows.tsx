// The log's lines, virtualised: only what is on the screen exists. Works like a list box: arrows move, Enter goes there.
import type { LogLine, LogView } from '@tidemark/shared/view/data-source.js';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { clockOfAxis } from '../state/axis.js';
import { clockOf, NO_FILTER } from '../state/choice.js';
import { filterTrouble, soundFilter } from '../state/filtering.js';
import { found } from '../state/hits.js';
import { goToLine, goToNumber, wantedLine } from '../state/jump.js';
import { lit } from '../state/lit.js';
import { logLook } from '../state/log-view.js';
import { hitLine, nearLine } from '../state/near-line.js';
import { live, recordings } from '../state/opened.js';
import { type Change, changeOf } from './change.js';
import { arrived, holdFor, lineOf, want } from './line-cache.js';
import { type Led, ledBeside, measured, memoryAt, wantMemory } from './line-memory.js';
import { Row } from './row.js';
import { gridOf } from './row-grid.js';
import { ROW_HEIGHT } from './row-height.js';
import { lineAtRow, linesOfRows, rowOfLine, rowsShown } from './rows-shown.js';
import { Ruler } from './ruler.js';
import { rowExactly } from './ruler-ticks.js';
import { saysDay } from './says-day.js';
import { showTail } from './tail.js';
import { useScroll } from './use-scroll.js';

export function LogRows({ log }: { log: LogView }) {
  const served = useRef(0);
  const look = logLook.value;
  const clock = clockOf(log.id);
  const passing = found.value?.log === log.id ? found.value.hits.lines : null;
  const hits = look.rest ? null : passing;
  const kept = look.rest && passing !== null ? rowsShown(log.facts.lines, passing) : null;
  const shown = rowsShown(log.facts.lines, hits);
  const scroll = useScroll(shown.count, look.wrap);
  const { box, inner, first, end, top, viewHeight } = scroll;

  const active = hitLine.value?.log === log.id ? hitLine.value.line : null;

  holdFor(log, clock);
  arrived.value;

  // Another filter, another list: the line that was picked stays in view, else it starts at the top.
  useLayoutEffect(() => {
    const hit = hitLine.peek();
    if (hit?.log === log.id) scroll.showRow(rowOfLine(shown, hit.line));
    else if (live.peek()) scroll.showEnd();
    else scroll.moveTo(0);
  }, [log.id, hits]);

  // New lines at the end are followed by whoever looks at the end; a picked line that was seen stays in view.
  useLayoutEffect(() => {
    scroll.keepPlace(active === null ? -1 : rowOfLine(shown, active));
  }, [shown.count, viewHeight, look.wrap]);

  const wish = wantedLine.value;
  useLayoutEffect(() => {
    if (wish === null || wish.log !== log.id || wish.at === served.current || shown.count === 0) return;
    served.current = wish.at;
    scroll.showRow(rowOfLine(shown, wish.line));
  }, [wish, shown.count]);

  const numbers = linesOfRows(shown, first, end);
  const led = look.change && log.facts.dated > 0 ? ledBeside(log) : null;
  measured.value;
  useLayoutEffect(() => {
    const extra = (n: number) => linesOfRows(shown, first - n, end + n);
    want(log.id, clock, numbers, extra);
    if (led !== null)
      wantMemory(
        led,
        numbers.flatMap((number) => instantOf(lineOf(number)) ?? []),
      );
  });

  const pick = (line: LogLine): void => {
    // Rows come and go; the list keeps the focus, so that the arrows go on from here.
    if (box.current?.contains(document.activeElement)) box.current.focus({ preventScroll: true });
    goToLine(log.id, log.recording, line);
  };
  /** A line far away may not be here yet: it is asked for alone. */
  const pickNumber = (number: number): void => {
    const known = lineOf(number);
    if (known !== undefined) pick(known);
    else void goToNumber(log.id, number);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || shown.count === 0) return;
    const page = Math.max(1, Math.floor(viewHeight / ROW_HEIGHT) - 1);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -Number.MAX_SAFE_INTEGER,
      End: Number.MAX_SAFE_INTEGER,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    // Where reading has come to is not the end of the file.
    if (event.key === 'End' && kept === null && showTail(log)) return;
    // Without a picked line a step down starts at the top of what is seen.
    const topRow = Math.ceil(top / ROW_HEIGHT);
    const now = active !== null ? rowOfLine(shown, active) : step === 1 ? topRow - 1 : topRow;
    const row = Math.min(Math.max(now + step, 0), shown.count - 1);
    const number = lineAtRow(shown, row);
    hitLine.value = { log: log.id, line: number };
    scroll.showRow(row);
    pickNumber(number);
  };

  const owner = recordings.value.find(({ id }) => id === log.recording) ?? recordings.value[0];
  const withDay = saysDay(log);
  const near = nearLine.value?.log === log.id ? nearLine.value.line.line : null;
  const marking = filterTrouble.value === null ? soundFilter.value : NO_FILTER;
  const alight = lit.value?.log === log.id ? lit.value : null;
  let above: number | null = null;
  return (
    <>
      <div
        ref={box}
        class={`rows${look.wrap ? ' rows-wrap' : ''}`}
        style={gridOf(log, look.time, led !== null, withDay)}
        id="log-rows"
        role="listbox"
        aria-label={`Lines of ${log.name}`}
        aria-activedescendant={active !== null && numbers.includes(active) ? `line-${active}` : undefined}
        tabIndex={0}
        onScroll={scroll.onScroll}
        onKeyDown={onKeyDown}
      >
        <div class="rows-spacer" style={{ height: `${scroll.spacer}px` }}>
          <div class="rows-window" style={{ height: `${Math.min(viewHeight, scroll.spacer)}px` }}>
            <div ref={inner} class="rows-drawn">
              {numbers.map((number) => {
                const line = lineOf(number);
                const at = instantOf(line);
                const change = led === null || at === null || above === null ? null : changeBetween(above, at, led);
                if (at !== null) above = at;
                return (
                  <Row
                    key={number}
                    number={number}
                    line={line}
                    time={clockOfAxis.value}
                    startMs={owner?.startMs ?? 0}
                    withDay={withDay}
                    state={number === active ? 'hit' : number === near ? 'near' : ''}
                    rest={kept !== null && rowExactly(kept, number) < 0}
                    lit={alight?.has(line) ?? false}
                    filter={marking}
                    timed={log.facts.dated > 0 && look.time}
                    change={led === null ? undefined : change}
                    onPick={pick}
                  />
                );
              })}
            </div>
          </div>
        </div>
      </div>
      {shown.count > 0 && <Ruler log={log} shown={shown} />}
    </>
  );
}

/** The instant that an entry begins at; null for lines that belong to one, and for undated ones. */
const instantOf = (line: LogLine | undefined): number | null =>
  line === undefined || line.continues ? null : line.timeMs;

const changeBetween = (above: number, at: number, { rangeBytes }: Led): Change | null =>
  changeOf(memoryAt(above), memoryAt(at), rangeBytes);
