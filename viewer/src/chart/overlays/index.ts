// Everything on the graph beside the lines, in the order of drawing. A new thing is one file and one line here.
import type { Overlay } from '../scene.js';
import { area } from './area.js';
import { emptyView } from './empty-view.js';
import { flags } from './flags.js';
import { gaps } from './gaps.js';
import { grid } from './grid.js';
import { limit } from './limit.js';
import { marks } from './marks.js';
import { peakBand } from './peak-band.js';
import { peakLabel } from './peak-label.js';
import { phaseNames } from './phase-names.js';
import { phases } from './phases.js';
import { timeAxis } from './time-axis.js';
import { valueAxis } from './value-axis.js';

export const OVERLAYS: readonly Overlay[] = [
  phases,
  grid,
  area,
  peakBand,
  gaps,
  // Above the lines. What stands in `taken` keeps later labels away, so the most important label comes first.
  peakLabel,
  limit,
  phaseNames,
  flags,
  valueAxis,
  timeAxis,
  marks,
  emptyView,
];
