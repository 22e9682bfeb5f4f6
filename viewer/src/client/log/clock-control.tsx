// On which clock a log is: the commonest reason why log and graph do not meet. Says in words what was assumed and how much of the
// log lies within the samples, and moves it: by zone, by field, by hand, or by what was found. Changes are seen on the graph at once.
import type { ZoneOrigin } from '@tidemark/shared/logs/entry.js';
import type { LogView, RecordingView } from '@tidemark/shared/view/data-source.js';
import { Icon } from '../parts/icons.js';
import { Menu } from '../parts/menu.js';
import { clockOf } from '../state/choice.js';
import { clockSeen, moveClock } from '../state/clock-moves.js';
import { recordings } from '../state/opened.js';
import { DragStrip } from './drag-strip.js';
import { formatShift } from './offsets.js';
import { type Proposal, proposals, type Stretch, shareInWords, shareWithin, stretchOf } from './overlap.js';
import { ShiftField } from './shift-field.js';
import { ZoneField } from './zone-field.js';

const ORIGINS: Readonly<Record<ZoneOrigin, (zone: string) => string>> = {
  stated: () => 'The stamps name their zone themselves.',
  asked: (zone) => `The stamps name no zone; read as ${zone}, as asked on the command line.`,
  recording: (zone) => `The stamps name no zone; read as ${zone}, the zone of the recording's host.`,
  arrival: () => 'The lines were dated by the recorder when they arrived.',
  assumed: (zone) => `The stamps name no zone; read as ${zone}, which is a guess.`,
};

const WHY: Readonly<Record<Proposal['why'], string>> = {
  zone: 'another zone',
  days: 'whole days',
  starts: 'starts meet',
  ends: 'ends meet',
};

export function ClockControl({ log }: { log: LogView }) {
  const clock = clockSeen(log.id);
  const { facts, zoneMatters } = log;
  if (facts.dated === 0) return null;
  const zone = clock.zone ?? facts.zone;
  const shift = clock.shiftMs === 0 ? '' : ` ${formatShift(clock.shiftMs)}`;
  const origin = clock.zone === null ? facts.zoneOrigin : null;
  const short = zoneMatters ? zone : origin === 'arrival' ? 'arrival times' : 'zone stated';
  const samples = samplesBeside(log, recordings.value);
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
            {clock.shiftMs !== 0 && ` Every entry is moved by ${formatShift(clock.shiftMs)}.`}
          </p>
          {samples !== null && <Overlap log={log} samples={samples} />}
          <DragStrip log={log} shiftMs={clock.shiftMs} />
          <ShiftField log={log} shiftMs={clock.shiftMs} plain={clock.shiftMs === 0 && clock.zone === null} />
          {zoneMatters && <ZoneField log={log} zone={clock.zone} />}
          <p class="menu-hint">
            {`${facts.dated.toLocaleString('en')} of ${facts.entries.toLocaleString('en')} entries are dated`}
            {facts.format === null ? '.' : `, format ${facts.format}.`}
          </p>
        </div>
      )}
    </Menu>
  );
}

/** The samples that a log should lie within; null without any. */
function samplesBeside({ recording }: LogView, all: readonly RecordingView[]): Stretch | null {
  const beside = all.filter(({ id, rows }) => rows > 0 && (recording === null || id === recording));
  if (beside.length === 0) return null;
  return {
    startMs: Math.min(...beside.map(({ startMs }) => startMs)),
    endMs: Math.max(...beside.map(({ endMs }) => endMs)),
  };
}

function Overlap({ log, samples }: { log: LogView; samples: Stretch }) {
  const stretch = stretchOf(log, clockSeen(log.id));
  if (stretch === null) return null;
  const share = shareWithin(stretch, samples);
  return (
    <>
      <p class={`clock-share${share === 0 ? ' clock-apart' : ''}`} role="status">
        <span class="clock-bar" aria-hidden="true">
          <span style={{ width: `${share * 100}%` }} />
        </span>
        {`${shareInWords(share)} within the samples.`}
      </p>
      {proposals(stretch, samples).map(({ byMs, share: then, why }) => (
        <button
          key={why}
          type="button"
          class="button clock-proposal"
          onClick={() => {
            const now = clockOf(log.id);
            moveClock(log.id, { ...now, shiftMs: Math.round(now.shiftMs + byMs) });
          }}
        >
          <span>{`Move by ${formatShift(byMs)}: ${Math.round(then * 100)} % within`}</span>
          <span class="menu-aside">{WHY[why]}</span>
        </button>
      ))}
    </>
  );
}
