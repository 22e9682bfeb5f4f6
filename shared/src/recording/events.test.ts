import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVENTS_HEADER, eventLine, readEvents } from './events.js';
import { EVENT_KINDS } from './recording.js';

test('an event is one line; commas, quotes and newlines are quoted', () => {
  expect(eventLine({ timeMs: 0, kind: 'mark', text: 'phase 2' })).toBe('1970-01-01T00:00:00.000Z,mark,phase 2\n');
  expect(eventLine({ timeMs: 0, kind: 'mark', text: 'say "a", b' })).toBe(
    '1970-01-01T00:00:00.000Z,mark,"say ""a"", b"\n',
  );
});

test('events are read as they were written, whatever their text', () => {
  const event = fc.record({
    timeMs: fc.nat({ max: 4e12 }),
    kind: fc.constantFrom(...EVENT_KINDS),
    text: fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', '\r', 'ä') }),
  });
  fc.assert(
    fc.property(fc.array(event), (events) => {
      expect(readEvents(EVENTS_HEADER + events.map(eventLine).join(''))).toEqual({ events, skipped: 0 });
    }),
  );
});

test.each([
  ['a cut line', '2026-11-20T16:35:01.123Z,ma'],
  ['an unknown kind', '2026-11-20T16:35:01.123Z,solar-flare,x\n'],
  ['a time that is none', 'soon,mark,x\n'],
])('%s is skipped and counted', (_, line) => {
  expect(readEvents(`${EVENTS_HEADER}1970-01-01T00:00:00.000Z,start,x\n${line}`)).toMatchObject({
    events: [{ kind: 'start' }],
    skipped: 1,
  });
});
