// A group that was named (`--cgroup`) and may go away and come back, as that of a service does each time it is started: one time line, a mark at each change.
import { groupExists } from '../containers/container-group.js';
import type { GroupPlace } from './find-group.js';

/** How often the old place is looked at while nothing is there. */
const LOOK_MS = 250;

/** What a sampler reads from: it tells when nothing is there any more, and is told where to go on. */
export interface Followed {
  /** Where it counts now; null while there is nothing. */
  readonly group: GroupPlace | null;
  /** The last place where it counted. */
  readonly lastGroup: GroupPlace;
  /** To be called by who found its group gone. */
  lost(): void;
}

export class FollowedGroup implements Followed {
  #there = true;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  /** `onChange` is told in words, for a mark. */
  constructor(
    readonly lastGroup: GroupPlace,
    readonly onChange: (text: string) => void,
    readonly lookMs = LOOK_MS,
  ) {}

  get group(): GroupPlace | null {
    return this.#there ? this.lastGroup : null;
  }

  lost(): void {
    if (!this.#there || this.#closed) return;
    this.#there = false;
    this.onChange(`the cgroup ${this.lastGroup.path} is gone`);
    this.#timer = setInterval(() => this.#look(), this.lookMs);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  #look(): void {
    if (!groupExists(this.lastGroup)) return;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#there = true;
    this.onChange(`the cgroup ${this.lastGroup.path} is there again`);
  }
}
