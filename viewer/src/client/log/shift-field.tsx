// By how much a log is moved: typed, or stepped with buttons and keys.
import type { LogView } from '@tidemark/shared/view/data-source.js';
import { useEffect, useRef, useState } from 'preact/hooks';
import { clockOf, PLAIN_CLOCK } from '../state/choice.js';
import { canUndo, moveClock, undoClock } from '../state/clock-moves.js';
import { formatShift, parseShift, stepOfKey } from './offsets.js';

const STEPS: readonly (readonly [label: string, ms: number])[] = [
  ['1 h', 3_600_000],
  ['1 min', 60_000],
  ['1 s', 1000],
  ['100 ms', 100],
];

interface ShiftFieldProps {
  readonly log: LogView;
  readonly shiftMs: number;
  /** Neither shift nor zone was chosen. */
  readonly plain: boolean;
}

export function ShiftField({ log, shiftMs, plain }: ShiftFieldProps) {
  const [step, setStep] = useState(1000);
  const [bad, setBad] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = `shift-of-${log.id}`;
  const apply = (ms: number): void => {
    setBad(false);
    moveClock(log.id, { ...clockOf(log.id), shiftMs: ms });
  };
  useEffect(() => {
    if (field.current !== null && parseShift(field.current.value) !== shiftMs) {
      field.current.value = formatShift(shiftMs);
      setBad(false);
    }
  }, [shiftMs]);
  const nudge = (by: number): void => {
    const next = clockOf(log.id).shiftMs + by;
    apply(next);
    if (field.current !== null) field.current.value = formatShift(next);
  };
  return (
    <div class="clock-row">
      <label for={id}>Shift</label>
      <div class="shift">
        <button
          type="button"
          class="button button-icon"
          aria-label="Earlier"
          title="Earlier"
          onClick={() => nudge(-step)}
        >
          −
        </button>
        <input
          id={id}
          ref={field}
          class="field shift-field"
          aria-invalid={bad}
          aria-describedby={`${id}-keys`}
          autocomplete="off"
          spellcheck={false}
          defaultValue={formatShift(shiftMs)}
          onInput={(event) => {
            const ms = parseShift(event.currentTarget.value);
            if (ms !== null) apply(ms);
          }}
          onChange={(event) => setBad(parseShift(event.currentTarget.value) === null)}
          onKeyDown={(event) => {
            const by = event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? null : stepOfKey(event);
            if (by === null) return;
            event.preventDefault();
            nudge(by);
          }}
        />
        <button type="button" class="button button-icon" aria-label="Later" title="Later" onClick={() => nudge(step)}>
          +
        </button>
        <label class="sr-only" for={`${id}-step`}>
          Step
        </label>
        <select id={`${id}-step`} value={step} onChange={(event) => setStep(Number(event.currentTarget.value))}>
          {STEPS.map(([label, ms]) => (
            <option key={ms} value={ms}>
              {label}
            </option>
          ))}
        </select>
        <button
          type="button"
          class="button button-quiet shift-undo"
          disabled={!canUndo(log.id)}
          onClick={() => undoClock(log.id)}
        >
          Undo
        </button>
        <button
          type="button"
          class="button button-quiet"
          disabled={plain}
          onClick={() => moveClock(log.id, PLAIN_CLOCK)}
        >
          Reset
        </button>
      </div>
      <p id={`${id}-keys`} class="sr-only">
        Arrow up and down move by 1 second, with Shift by 1 minute, Page Up and Page Down by 1 hour.
      </p>
      {bad && (
        <p class="field-trouble" role="alert">
          Write a shift as +1:00:00, -0:30 or 90s.
        </p>
      )}
    </div>
  );
}
