import { PANEL_LAYOUTS } from '@tidemark/shared/chart/panels.js';
import { Option } from 'commander';

/** Of the commands that draw several recordings into one picture. */
export const layoutOption = (): Option =>
  new Option(
    '--layout <how>',
    'of several recordings: over each other, one above the other, or with their difference below',
  )
    .choices(PANEL_LAYOUTS)
    .default('over');
