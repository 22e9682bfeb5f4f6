// On which clock a log is: the commonest reason why log and graph do not meet. Changes are seen on the graph at once.
import type { ZoneOrigin } from '@tidemark/shared/logs/entry.js';
import type { LogView } from '@tidemark/shared/view/data-source.js';
import { isZone } from '@tidemark/shared/words/wall-time.js';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../parts/icons.js';
import { Menu } from '../parts/menu.js';
import { clockOf, setClock } from '../state/choice.js';
import { formatShift, parseShift } from './offsets.js';

const ORIGINS: Readonly<Record<ZoneOrigin, (zone: string) => string>> = {
  stated: () => 'The stamps name their zone themselves.',
  asked: (zone) => `The stamps name no zone; read as ${zone}, as asked on the command line.`,
  recording: (zone) => `The stamps name no zone; read as ${zone}, the zone of the recording.`,
  arrival: () => 'The lines were dated by the recorder when they arrived.',
  assumed: (zone) => `The stamps name no zone; read as ${zone}, which is a guess.`,
};

const STEPS: readonly (readonly [label: string, ms: number])[] = [
  ['1 h', 3_600_000],
  ['1 min', 60_000],
  ['1 s', 1000],
  ['100 ms', 100],
];

export function ClockControl({ log }: { log: LogView }) {
  const clock = clockOf(log.id);
  const { facts, zoneMatters } = log;
  if (facts.dated === 0) return null;
  const zone = clock.zone ?? facts.zone;
  const shift = clock.shiftMs === 0 ? '' : ` ${formatShift(clock.shiftMs)}`;
  const origin = clock.zone === null ? facts.zoneOrigin : null;
  const short = zoneMatters ? zone : origin === 'arrival' ? 'arrival times' : 'zone stated';
  return (
    <Menu
      name={`Clock of this log: ${short}${shift}`}
      className="menu-right"
      buttonClass={`button button-quiet${clock.shiftMs !== 0 || clock.zone !== null ? ' button-changed' : ''}`}
      label={
        <>
          <Icon name="clock" />
          <span>{`${short}${shift}`}</span>
        </>
      }
    >
      {() => (
        <div class="clock-control">
          <p class="clock-origin">
            {origin === null ? `The stamps name no zone; read as ${zone}, as you chose.` : ORIGINS[origin](zone)}
          </p>
          {zoneMatters && <ZoneField log={log} zone={clock.zone} />}
          <ShiftField log={log} shiftMs={clock.shiftMs} />
          <p class="menu-hint">
            {`${facts.dated.toLocaleString('en')} of ${facts.entries.toLocaleString('en')} entries are dated`}
            {facts.format === null ? '.' : `, format ${facts.format}.`}
          </p>
        </div>
      )}
    </Menu>
  );
}

const ZONES = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

function ZoneField({ log, zone }: { log: LogView; zone: string | null }) {
  const [bad, setBad] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = `zone-of-${log.id}`;
  const read = (text: string, sure: boolean): void => {
    const wanted = text.trim();
    const known = wanted === '' || isZone(wanted);
    setBad(!known && sure);
    if (known) setClock(log.id, { ...clockOf(log.id), zone: wanted === '' ? null : wanted });
  };
  useEffect(() => {
    if (field.current !== null && document.activeElement !== field.current) field.current.value = zone ?? '';
  }, [zone]);
  return (
    <div class="clock-row">
      <label for={id}>Zone</label>
      <input
        id={id}
        ref={field}
        class="field"
        list="all-zones"
        placeholder={log.facts.zone}
        aria-invalid={bad}
        autocomplete="off"
        spellcheck={false}
        defaultValue={zone ?? ''}
        onInput={(event) => read(event.currentTarget.value, false)}
        onChange={(event) => read(event.currentTarget.value, true)}
      />
      <datalist id="all-zones">
        {ZONES().map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {bad && (
        <p class="field-trouble" role="alert">
          No such zone. Names look like Europe/Berlin, UTC or +02:00.
        </p>
      )}
    </div>
  );
}

function ShiftField({ log, shiftMs }: { log: LogView; shiftMs: number }) {
  const [step, setStep] = useState(1000);
  const [bad, setBad] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = `shift-of-${log.id}`;
  const apply = (ms: number): void => {
    setBad(false);
    setClock(log.id, { ...clockOf(log.id), shiftMs: ms });
  };
  useEffect(() => {
    if (field.current !== null && document.activeElement !== field.current) field.current.value = formatShift(shiftMs);
  }, [shiftMs]);
  const nudge = (sign: number): void => {
    const next = clockOf(log.id).shiftMs + sign * step;
    apply(next);
    if (field.current !== null) field.current.value = formatShift(next);
  };
  return (
    <div class="clock-row">
      <label for={id}>Shift</label>
      <div class="shift">
        <button type="button" class="button button-icon" aria-label="Earlier" title="Earlier" onClick={() => nudge(-1)}>
          −
        </button>
        <input
          id={id}
          ref={field}
          class="field shift-field"
          aria-invalid={bad}
          autocomplete="off"
          defaultValue={formatShift(shiftMs)}
          onInput={(event) => {
            const ms = parseShift(event.currentTarget.value);
            if (ms !== null) apply(ms);
          }}
          onChange={(event) => setBad(parseShift(event.currentTarget.value) === null)}
        />
        <button type="button" class="button button-icon" aria-label="Later" title="Later" onClick={() => nudge(1)}>
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
          class="button button-quiet"
          disabled={shiftMs === 0 && clockOf(log.id).zone === null}
          onClick={() => {
            setClock(log.id, { zone: null, shiftMs: 0 });
            setBad(false);
            if (field.current !== null) field.current.value = formatShift(0);
          }}
        >
          Reset
        </button>
      </div>
      {bad && (
        <p class="field-trouble" role="alert">
          Write a shift as +1:00:00, -0:30 or 90s.
        </p>
      )}
    </div>
  );
}
