// The crosshair's tooltip: beside the pointer, never under it.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { withAlpha } from '../../chart/palette.js';
import { plainText } from '../log/ansi.js';
import { LevelGlyph } from '../log/level-glyph.js';
import { model } from '../state/chart-model.js';
import { cursorMs } from '../state/choice.js';
import { hoverMs, nearLine } from '../state/near-line.js';
import { draft } from '../state/notes.js';
import { recordings } from '../state/opened.js';
import { palette } from '../state/theme.js';
import { readoutAt, withPanels } from './readout.js';
import { chart, drawn, hoverY } from './surface.js';
import { Swatch } from './swatch.js';

/** The graph was reached by keyboard: the pinned cursor's values are shown without a pointer. */
const byKeyboard = signal(false);
const GAP = 14;
/** So near an event or a note is meant. Unit: CSS pixels. */
const REACH = 7;
/** Narrower than this the box has no room beside the pointer: it slides along above it. */
const NARROW = 640;

export function ReadoutBox() {
  useEffect(() => {
    const look = () => {
      byKeyboard.value = document.activeElement?.matches('.graph:focus-visible') ?? false;
    };
    document.addEventListener('focusin', look);
    document.addEventListener('focusout', look);
    document.addEventListener('keyup', look);
    return () => {
      document.removeEventListener('focusin', look);
      document.removeEventListener('focusout', look);
      document.removeEventListener('keyup', look);
    };
  }, []);

  const at = hoverMs.value ?? (byKeyboard.value ? cursorMs.value : null);
  if (at === null) return null;
  const view = chart.value;
  // What is on screen, not what will be.
  drawn.value;
  const shown = model.peek();
  if (view === null || shown === null || draft.value !== null) return null;
  const plot = view.plotArea();
  const x = view.xOf(at);
  const reachMs = view.timeAt(x + REACH) - at;
  const first = recordings.value[0];
  const start = first === undefined ? null : (first.alignMs ?? first.startMs);
  const { time, other, rows, phase, sincePhase, here, gap } = readoutAt(withPanels(shown), at, start, reachMs);
  const onLeft = x > (plot.left + plot.right) / 2;
  const { outer } = view.layout();
  const edge =
    outer.right < NARROW
      ? { left: `${x}px`, transform: `translateX(-${(100 * x) / outer.right}%)` }
      : onLeft
        ? { right: `calc(100% - ${x - GAP}px)` }
        : { left: `${x + GAP}px` };
  const low = hoverY.value !== null && hoverY.value < plot.top + 40;
  const near = nearLine.value;
  return (
    <div class="readout" style={{ ...edge, top: `${plot.top + (low ? 48 : 8)}px` }} aria-hidden="true">
      <div class="readout-time">
        <strong>{time}</strong>
        <span>{other}</span>
      </div>
      <table class="readout-rows">
        <tbody>
          {rows.map(({ line, value, peak, change }) => (
            <tr key={line.id}>
              <td>
                <Swatch line={line} />
              </td>
              <td class="readout-label">{line.label}</td>
              <td class="readout-value">{value}</td>
              <td class="readout-change">{change}</td>
              <td class="readout-peak">{peak}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {gap && <p class="readout-gap">No samples here.</p>}
      {here.map((text) => (
        <p class="readout-here" key={text}>
          {text}
        </p>
      ))}
      {phase !== null && (
        <div class="readout-phase">
          <span class="phase-tag" style={{ background: withAlpha(palette.value.phases[phase.kind], 0.25) }}>
            {phase.label}
          </span>
          {sincePhase !== '' && <span>{sincePhase}</span>}
        </div>
      )}
      {near !== null && (
        <div class="readout-log">
          <LevelGlyph level={near.line.level} />
          <span>{plainText(near.line.text)}</span>
        </div>
      )}
    </div>
  );
}
