// Whether the instants beside log lines need their day.
import type { LogView } from '@tidemark/shared/view/data-source.js';
import { formatWallDate } from '@tidemark/shared/words/wall-time.js';
import { clockOfAxis, whole } from '../state/axis.js';
import { clockOf } from '../state/choice.js';

/** Where log and samples touch more than one day, on the wall clock. */
export function saysDay({ id, facts: { firstMs, lastMs } }: LogView): boolean {
  if (clockOfAxis.value.clock !== 'wall') return false;
  const { fromMs, toMs, zone } = whole.value;
  const { shiftMs } = clockOf(id);
  const own = [firstMs, lastMs].flatMap((ms) => (ms === null ? [] : [ms + shiftMs]));
  return new Set([fromMs, toMs, ...own].map((ms) => formatWallDate(ms, zone))).size > 1;
}
