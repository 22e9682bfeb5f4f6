// Which entry set off a jump: the last one before it whose statement counts.

import type { Places } from './entries.js';
import { after, type Curve, type Growth, type Jump } from './growth.js';
import type { Events } from './timeline.js';

/** How far back a jump is followed over bystanders, as a share of the run, without the time that it stands level at the end. */
const LOOK_BACK = 0.05;
/** A statement that wrote no oftener has no habits. */
const FEW = 3;

export interface OriginOptions {
  /** A statement with jumps behind fewer of its entries is passed over as the origin of one. */
  readonly bystander: number;
  /** Whether a statement is written all through the run. */
  readonly always: (template: number) => boolean;
}

/** The jumps that each event set off; what no entry is near to is left out. */
export function jumpOrigins(
  growth: Growth,
  events: Events,
  places: Places,
  { bystander, always }: OriginOptions,
): Map<number, Jump[]> {
  const step = medianStep(growth.curve);
  const reachMs = LOOK_BACK * (growth.stillMs - growth.upMs);
  const begun = new Map<number, number>();
  for (const at of new Set(growth.jumps.map((jump) => originOf(jump, events, step, () => false)))) {
    if (at >= 0) begun.set(events.templates[at]!, (begun.get(events.templates[at]!) ?? 0) + 1);
  }
  // Written for some time already, and mostly nothing followed.
  const passedOver = (id: number, jump: Jump): boolean => {
    const its = places.get(id)!;
    return (
      its.length > FEW &&
      (begun.get(id) ?? 0) < bystander * its.length &&
      (always(id) || events.times[its[0]!]! < jump.startMs - reachMs)
    );
  };
  const owned = new Map<number, Jump[]>();
  for (const jump of growth.jumps) {
    const at = originOf(jump, events, step, passedOver);
    if (at < 0 || events.times[at]! < jump.startMs - reachMs) continue;
    const others = owned.get(at);
    if (others === undefined) owned.set(at, [jump]);
    else others.push(jump);
  }
  return owned;
}

/**
 * The entry that a jump follows, -1 for none: the last before it whose statement counts. Of entries that may have come before
 * it or after, because their stamps are coarse, it is the first.
 */
function originOf(jump: Jump, events: Events, stepMs: number, passedOver: (id: number, jump: Jump) => boolean): number {
  const { times, stamps, templates } = events;
  // Within one sample the order of growth and entry cannot be told.
  const sure = after(times, jump.seenMs + stepMs);
  for (let at = sure; at < times.length && stamps[at]! <= jump.startMs; at += 1) {
    if (!passedOver(templates[at]!, jump)) return at;
  }
  let at = sure - 1;
  while (at >= 0 && passedOver(templates[at]!, jump)) at -= 1;
  return at;
}

function medianStep({ times }: Curve): number {
  const steps = times
    .slice(1)
    .map((time, at) => time - times[at]!)
    .sort();
  return steps[steps.length >> 1] ?? 0;
}
