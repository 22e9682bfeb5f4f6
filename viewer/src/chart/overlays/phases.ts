// Quiet bands behind the plot, one for each phase, in the colour of its kind.
import { withAlpha } from '../palette.js';
import type { Overlay } from '../scene.js';

export const phases: Overlay = {
  id: 'phases',
  layer: 'below',
  draw(ctx, { model, theme, layout: { plot, phases: strip }, xOf, u }) {
    for (const phase of model.phases) {
      const left = Math.max(plot.left, xOf(phase.startMs));
      const right = Math.min(plot.right, xOf(phase.endMs));
      if (right <= left) continue;
      ctx.fillStyle = withAlpha(theme.phases[phase.kind], theme.phaseTint.plot);
      ctx.fillRect(left, plot.top, right - left, plot.bottom - plot.top);
      // The border is drawn where the phase begins; the first one's is the plot's own edge.
      if (left > plot.left + 1) {
        ctx.fillStyle = withAlpha(theme.phases[phase.kind], 0.35);
        ctx.fillRect(left - u / 2, plot.top, u, plot.bottom - plot.top);
      }
      if (strip === null) continue;
      ctx.fillStyle = withAlpha(theme.phases[phase.kind], theme.phaseTint.strip);
      ctx.fillRect(left, strip.top, right - left, strip.bottom - strip.top);
      ctx.fillStyle = theme.phases[phase.kind];
      ctx.fillRect(left, strip.top, right - left, 2 * u);
    }
  },
};
