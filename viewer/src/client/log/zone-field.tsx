// In which zone stamps without one are read.
import type { LogView } from '@tidemark/shared/view/data-source.js';
import { isZone } from '@tidemark/shared/words/wall-time.js';
import { useEffect, useRef, useState } from 'preact/hooks';
import { clockOf } from '../state/choice.js';
import { moveClock } from '../state/clock-moves.js';

const ZONES = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

export function ZoneField({ log, zone }: { log: LogView; zone: string | null }) {
  const [bad, setBad] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = `zone-of-${log.id}`;
  const read = (text: string, sure: boolean): void => {
    const wanted = text.trim();
    const known = wanted === '' || isZone(wanted);
    setBad(!known && sure);
    if (known) moveClock(log.id, { ...clockOf(log.id), zone: wanted === '' ? null : wanted });
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
