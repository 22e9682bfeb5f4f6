// What a run is about, of all that was found: the phase that most of the growth belongs to, or the spike that stands higher.
import type { Spike } from '../phases/find-spikes.js';
import type { Phase } from '../phases/phase.js';

/** Growth under this share of what is there in the end needs no mention. */
const LEAST_GROWTH = 0.1;

/** The phase that the most growth belongs to; null when memory stayed about the same, as it does in a plateau. */
export function mainGrowth<P extends Pick<Phase, 'kind' | 'deltaBytes' | 'endBytes'>>(phases: readonly P[]): P | null {
  const growing = phases.filter(({ kind }) => kind !== 'plateau');
  const most = growing.reduce<P | null>((best, p) => (p.deltaBytes > (best?.deltaBytes ?? 0) ? p : best), null);
  return most !== null && most.deltaBytes >= LEAST_GROWTH * most.endBytes ? most : null;
}

/** The highest spike, when it stands higher than any phase grew: then it is what the peak is about. Null otherwise. */
export function mainSpike<S extends Pick<Spike, 'heightBytes'>>(
  spikes: readonly S[],
  phases: readonly Pick<Phase, 'kind' | 'deltaBytes' | 'endBytes'>[],
): S | null {
  const highest = spikes.reduce<S | null>((best, s) => (s.heightBytes > (best?.heightBytes ?? 0) ? s : best), null);
  return highest !== null && highest.heightBytes > (mainGrowth(phases)?.deltaBytes ?? 0) ? highest : null;
}
