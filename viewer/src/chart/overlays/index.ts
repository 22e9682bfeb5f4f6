// Everything on the graph beside the lines, in the order of drawing. A new thing is one file and one line here.
import type { Overlay } from '../scene.js';
import { area } from './area.js';
import { emptyView } from './empty-view.js';
import { flags } from './flags.js';
import { gaps } from './gaps.js';
import { grid } from './grid.js';
import { limitLabel, limitLine } from './limit.js';
import { lineLabels } from './line-labels.js';
import { marks } from './marks.js';
import { panelName } from './panel-name.js';
import { peakBand } from './peak-band.js';
import { peakLabel } from './peak-label.js';
import { phaseNames } from './phase-names.js';
import { phases } from './phases.js';
import { timeAxis } from './time-axis.js';
import { valueAxis } from './value-axis.js';

export const OVERLAYS: readonly Overlay[] = [
  phases,
  area,
  grid,
  peakBand,
  gaps,
  // Above the lines: first what is drawn thin, then the labels that lie over it. A label keeps clear of those before it
  // (`Scene.taken`), so the most important one comes first.
  limitLine,
  flags,
  panelName,
  peakLabel,
  lineLabels,
  limitLabel,
  phaseNames,
  valueAxis,
  timeAxis,
  marks,
  emptyView,
];
