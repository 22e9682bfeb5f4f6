// The names of the phases in the strip above the plot. They never overlap: each takes the longest wording that fits its
// band, and one that matters but is too narrow may lie over a neighbour as a filled pill that starts at its own edge.
import type { ChartPhase } from '@tidemark/shared/chart/model.js';
import type { PhaseKind } from '@tidemark/shared/phases/phase.js';
import { readableOn } from '../palette.js';
import type { DrawingContext, Overlay, Scene } from '../scene.js';
import { font, roundRect, textWidth } from '../text.js';

/** The second cue beside the band's colour. */
const ARROW: Readonly<Record<PhaseKind, string>> = { rise: '↑', climb: '↗', plateau: '→', fall: '↘', drop: '↓' };

/** A narrow phase gets a pill, which hides some of its neighbours, when it is at least this share of all change. */
const WORTH_A_PILL = 0.12;
const MOST_PILLS = 4;

export interface PlacedName {
  readonly phase: ChartPhase;
  readonly text: string;
  /** The box of the name, padding included. */
  readonly left: number;
  readonly right: number;
  readonly pill: boolean;
}

export const phaseNames: Overlay = {
  id: 'phase-names',
  layer: 'above',
  draw(ctx, scene) {
    const { theme, layout, u } = scene;
    const strip = layout.phases;
    if (strip === null) return;
    ctx.textBaseline = 'middle';
    const middle = (strip.top + 2 * u + strip.bottom) / 2;
    const names = placeNames(ctx, scene);
    ctx.font = fontOf(u);
    for (const { phase, text, left, right, pill } of names) {
      if (pill) {
        ctx.fillStyle = theme.phases[phase.kind];
        roundRect(ctx, left, strip.top + 3 * u, right - left, strip.bottom - strip.top - 4.5 * u, 4 * u);
        ctx.fill();
      }
      ctx.fillStyle = pill ? readableOn(theme, theme.phases[phase.kind]) : theme.text;
      ctx.textAlign = 'center';
      ctx.fillText(text, (left + right) / 2, middle);
    }
  },
};

const fontOf = (u: number): string => font(11 * u, 600);

/** Which names are shown, how worded and where: the largest changes choose first. */
export function placeNames(ctx: DrawingContext, scene: Scene): PlacedName[] {
  const { model, layout, u, xOf } = scene;
  const { plot } = layout;
  const pad = 6 * u;
  const words = fontOf(u);
  const all = model.phases.reduce((sum, p) => sum + Math.abs(p.deltaBytes), 0);
  const bands = model.phases
    .map((phase) => ({
      phase,
      left: Math.max(plot.left, xOf(phase.startMs)),
      right: Math.min(plot.right, xOf(phase.endMs)),
    }))
    .filter(({ left, right }) => right > left)
    .sort((a, b) => Math.abs(b.phase.deltaBytes) - Math.abs(a.phase.deltaBytes));

  const placed: PlacedName[] = [];
  const free = (left: number, right: number): boolean =>
    left >= plot.left && right <= plot.right && placed.every((p) => right <= p.left || left >= p.right);

  for (const { phase, left, right } of bands) {
    const arrow = ARROW[phase.kind];
    const wordings = [`${arrow} ${phase.label}`, phase.shortLabel === '' ? '' : `${arrow} ${phase.shortLabel}`, arrow];
    const sized = wordings
      .filter((w) => w !== '')
      .map((text) => ({ text, room: textWidth(ctx, text, words) + 2 * pad }));
    const worth = phase.deltaBytes !== 0 && Math.abs(phase.deltaBytes) >= all * WORTH_A_PILL;
    const room = placed.filter((p) => p.pill).length < MOST_PILLS;
    // For what matters a pill with words comes before a bare arrow in its own band.
    const name =
      within(left, right, sized.slice(0, -1), placed) ??
      (worth && room ? beside(left, right, sized.slice(0, -1), free) : null) ??
      within(left, right, sized.slice(-1), placed);
    if (name !== null) placed.push({ phase, ...name });
  }
  return placed.sort((a, b) => a.left - b.left);
}

interface Sized {
  readonly text: string;
  readonly room: number;
}

/** In its own band, in the widest part that no pill covers. A bare arrow takes less padding. */
function within(left: number, right: number, sized: readonly Sized[], placed: readonly PlacedName[]) {
  let best = { left, right: left };
  let from = left;
  for (const p of [...placed].sort((a, b) => a.left - b.left)) {
    if (p.right <= left || p.left >= right) continue;
    if (p.left - from > best.right - best.left) best = { left: from, right: p.left };
    from = Math.max(from, p.right);
  }
  if (right - from > best.right - best.left) best = { left: from, right };
  const fits = sized.find(({ room }) => room <= best.right - best.left);
  if (fits === undefined) return null;
  const middle = (best.left + best.right) / 2;
  return { text: fits.text, left: middle - fits.room / 2, right: middle + fits.room / 2, pill: false };
}

/** Over the neighbour at the right, else at the left. */
function beside(left: number, right: number, sized: readonly Sized[], free: (l: number, r: number) => boolean) {
  for (const { text, room } of sized) {
    if (free(left, left + room)) return { text, left, right: left + room, pill: true };
    if (free(right - room, right)) return { text, left: right - room, right, pill: true };
  }
  return null;
}
