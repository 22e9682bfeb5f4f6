// Points that are gathered one by one for an answer, in memory that the next answer uses again: a page that is panned asks sixty
// times a second, and what each leaves behind would be megabytes before it is collected.
import type { Points } from './thin.js';

interface Room {
  times: Float64Array;
  values: Float64Array;
}

const FIRST_ROOM = 4096;
/** One for each line of a few pages. */
const MOST_SPARE = 8;
const spare: Room[] = [];

export class GatheredPoints {
  #room: Room = spare.pop() ?? { times: new Float64Array(FIRST_ROOM), values: new Float64Array(FIRST_ROOM) };
  #length = 0;

  add(time: number, value: number): void {
    if (this.#length === this.#room.times.length) this.#grow();
    this.#room.times[this.#length] = time;
    this.#room.values[this.#length++] = value;
  }

  /** All of them, and the end of this object: others use its memory now. */
  take(): Points {
    const { times, values } = this.#room;
    const points = { times: times.slice(0, this.#length), values: values.slice(0, this.#length) };
    if (spare.length < MOST_SPARE) spare.push(this.#room);
    this.#room = { times: new Float64Array(0), values: new Float64Array(0) };
    this.#length = 0;
    return points;
  }

  #grow(): void {
    const length = Math.max(FIRST_ROOM, 2 * this.#length);
    const { times, values } = this.#room;
    this.#room = { times: new Float64Array(length), values: new Float64Array(length) };
    this.#room.times.set(times);
    this.#room.values.set(values);
  }
}
