// The events of a log by the statement that they belong to.
import type { Writings } from './courses.js';
import type { Events } from './timeline.js';

/** Of each statement the places of its events, in time order. */
export type Places = ReadonlyMap<number, Uint32Array>;

export function placesOf(templates: Int32Array): Places {
  const counts = new Map<number, number>();
  for (let at = 0; at < templates.length; at += 1) counts.set(templates[at]!, (counts.get(templates[at]!) ?? 0) + 1);
  const places = new Map<number, Uint32Array>();
  const filled = new Map<number, number>();
  for (const [id, count] of counts) places.set(id, new Uint32Array(count));
  for (let at = 0; at < templates.length; at += 1) {
    const id = templates[at]!;
    const to = filled.get(id) ?? 0;
    places.get(id)![to] = at;
    filled.set(id, to + 1);
  }
  return places;
}

export function writingsOf(template: number, events: Events, places: Places): Writings {
  const its = places.get(template)!;
  const times = new Float64Array(its.length);
  const counts = new Float64Array(its.length);
  for (let i = 0; i < its.length; i += 1) {
    times[i] = events.times[its[i]!]!;
    counts[i] = events.counts[its[i]!]!;
  }
  return { template, times, counts };
}
