// The log's lines, virtualised: only what is on the screen exists. Works like a list box: arrows move, Enter goes there.
import type { LogLine, LogView } from '@tidemark/shared/view/data-source.js';
import { formatWallDate } from '@tidemark/shared/words/wall-time.js';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { axis, following, whole } from '../state/axis.js';
import { clockOf, NO_FILTER } from '../state/choice.js';
import { filterTrouble, soundFilter } from '../state/filtering.js';
import { found } from '../state/hits.js';
import { goToLine, wantedLine } from '../state/jump.js';
import { lit } from '../state/lit.js';
import { hitLine, nearLine } from '../state/near-line.js';
import { live, recordings, source } from '../state/opened.js';
import { arrived, holdFor, lineOf, want } from './line-cache.js';
import { Row } from './row.js';
import { lineAtRow, linesOfRows, rowOfLine, rowsShown } from './rows-shown.js';
import {
  endTop,
  isAtEnd,
  type Rows,
  scrollOfTop,
  spacerHeight,
  topAfterScroll,
  topShowing,
  visibleRows,
} from './virtual.js';

/** As in log.css. */
const ROW_HEIGHT = 22;

export function LogRows({ log }: { log: LogView }) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [viewHeight, setViewHeight] = useState(300);
  // What the scroll bar stood at when `top` was last told from it.
  const scroll = useRef(0);
  const settle = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const stick = useRef(live.peek());
  const served = useRef(0);
  const lastHeight = useRef(viewHeight);

  const clock = clockOf(log.id);
  const hits = found.value?.log === log.id ? found.value.hits.lines : null;
  const shown = rowsShown(log.facts.lines, hits);
  const rows: Rows = { count: shown.count, rowHeight: ROW_HEIGHT, viewHeight };
  const { first, end, offset } = visibleRows(rows, top);

  const active = hitLine.value?.log === log.id ? hitLine.value.line : null;

  holdFor(log.id, clock, log.facts.lines);
  arrived.value;

  const moveTo = (next: number): void => {
    clearTimeout(settle.current);
    setTop(next);
    stick.current = isAtEnd(rows, next);
    const at = scrollOfTop(rows, next);
    scroll.current = at;
    if (box.current !== null && Math.abs(box.current.scrollTop - at) > 0.5) {
      box.current.scrollTop = at;
      // The browser rounds to its own pixels.
      scroll.current = box.current.scrollTop;
    }
  };

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setViewHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // Another filter, another list: the line that was picked stays in view, else it starts at the top.
  useLayoutEffect(() => {
    const hit = hitLine.peek();
    if (hit?.log === log.id) moveTo(topShowing(rows, top, rowOfLine(shown, hit.line)));
    else moveTo(stick.current ? endTop(rows) : 0);
  }, [log.id, hits]);

  // New lines at the end are followed by whoever looks at the end; a picked line that was seen stays in view.
  useLayoutEffect(() => {
    const row = active === null ? -1 : rowOfLine(shown, active);
    const was = visibleRows({ ...rows, viewHeight: lastHeight.current }, top, 0);
    lastHeight.current = viewHeight;
    if (row >= was.first && row < was.end) moveTo(topShowing(rows, top, row));
    else moveTo(stick.current && following.peek() ? endTop(rows) : Math.min(top, endTop(rows)));
  }, [shown.count, viewHeight]);

  const wish = wantedLine.value;
  useLayoutEffect(() => {
    if (wish === null || wish.log !== log.id || wish.at === served.current || shown.count === 0) return;
    served.current = wish.at;
    moveTo(topShowing(rows, top, rowOfLine(shown, wish.line)));
  }, [wish, shown.count]);

  useLayoutEffect(() => {
    const extra = (n: number) => linesOfRows(shown, first - n, end + n);
    want(log.id, clock, extra(0), extra);
  });

  const onScroll = (): void => {
    const element = box.current;
    if (element === null || Math.abs(element.scrollTop - scroll.current) < 0.5) return;
    const next = topAfterScroll(rows, top, scroll.current, element.scrollTop);
    scroll.current = element.scrollTop;
    setTop(next);
    stick.current = isAtEnd(rows, next);
    // In a list longer than its bar, small steps let the two drift apart: put the bar right once it rests.
    clearTimeout(settle.current);
    settle.current = setTimeout(() => moveTo(next), 200);
  };

  const pick = (line: LogLine): void => {
    // Rows come and go; the list keeps the focus, so that the arrows go on from here.
    if (box.current?.contains(document.activeElement)) box.current.focus({ preventScroll: true });
    goToLine(log.id, log.recording, line);
  };
  /** A line far away may not be here yet: it is asked for alone. */
  const pickNumber = async (number: number): Promise<void> => {
    const known = lineOf(number);
    if (known !== undefined) {
      pick(known);
      return;
    }
    const answer = await source.peek()?.lines({ log: log.id, clock, lines: { first: number, count: 1 } });
    const line = answer?.[0];
    // Keys may have gone on meanwhile.
    if (line !== undefined && hitLine.peek()?.line === number) pick(line);
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
    // Without a picked line a step down starts at the top of what is seen.
    const topRow = Math.ceil(top / ROW_HEIGHT);
    const now = active !== null ? rowOfLine(shown, active) : step === 1 ? topRow - 1 : topRow;
    const row = Math.min(Math.max(now + step, 0), shown.count - 1);
    const number = lineAtRow(shown, row);
    hitLine.value = { log: log.id, line: number };
    moveTo(topShowing(rows, top, row));
    void pickNumber(number);
  };

  const owner = recordings.value.find(({ id }) => id === log.recording) ?? recordings.value[0];
  const withDay = axis.value.clock === 'wall' && daysOpen(log, clock.shiftMs) > 1;
  const near = nearLine.value?.log === log.id ? nearLine.value.line.line : null;
  const marking = filterTrouble.value === null ? soundFilter.value : NO_FILTER;
  const numbers = linesOfRows(shown, first, end);
  const alight = lit.value?.log === log.id ? lit.value : null;
  return (
    <div
      ref={box}
      class={`rows${log.facts.dated === 0 ? ' rows-undated' : ''}${withDay ? ' rows-days' : ''}`}
      id="log-rows"
      role="listbox"
      aria-label={`Lines of ${log.name}`}
      aria-activedescendant={active !== null && numbers.includes(active) ? `line-${active}` : undefined}
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <div class="rows-spacer" style={{ height: `${spacerHeight(rows)}px` }}>
        <div class="rows-window" style={{ height: `${Math.min(viewHeight, spacerHeight(rows))}px` }}>
          <div style={{ transform: `translateY(${offset}px)` }}>
            {numbers.map((number) => (
              <Row
                key={number}
                number={number}
                line={lineOf(number)}
                time={axis.value}
                startMs={owner?.startMs ?? 0}
                withDay={withDay}
                state={number === active ? 'hit' : number === near ? 'near' : ''}
                lit={alight?.has(lineOf(number)) ?? false}
                filter={marking}
                dated={log.facts.dated > 0}
                onPick={pick}
              />
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

/** How many different days the log and the samples touch: 1 or 2, which stands for more. */
function daysOpen({ facts: { firstMs, lastMs } }: LogView, shiftMs: number): number {
  const { fromMs, toMs, zone } = whole.value;
  const own = [firstMs, lastMs].flatMap((ms) => (ms === null ? [] : [ms + shiftMs]));
  return new Set([fromMs, toMs, ...own].map((ms) => formatWallDate(ms, zone))).size > 1 ? 2 : 1;
}
