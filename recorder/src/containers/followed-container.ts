// A container by the name that a person gave, through stops, restarts and replacements: one recording, one time line, a mark at each change.
//
// While it runs nobody asks the runtime anything: a group that goes away says so by itself. From then on its old place is looked at (a
// restarted container comes back there) and, ever less often, the runtime is asked what has become of the name.
import { UnavailableError } from '@tidemark/shared/errors.js';
import type { GroupPlace } from '../cgroup/find-group.js';
import type { Followed } from '../cgroup/followed-group.js';
import type { Roots } from '../samplers/sampler.js';
import {
  askRuntimes,
  containerNamed,
  type ListedContainer,
  type RuntimeAnswer,
  runtimeSockets,
  usualSockets,
} from './ask-runtime.js';
import { containerGroup, groupExists } from './container-group.js';

/** How often the old place is looked at, and after how long the runtime is asked: the wait doubles up to the longest. */
const LOOK_MS = 250;
const FIRST_ASK_MS = 1000;
const LONGEST_ASK_MS = 10_000;
/** Asked so often in a row a runtime that answers did not know it: it was removed, and nothing has taken its name. */
const GONE_AFTER_ANSWERS = 3;

export interface Listener {
  /** In words, for a mark. */
  changed(text: string): void;
  /** It was removed: there is nothing left to wait for. */
  gone(): void;
}

export class FollowedContainer implements Followed {
  #group: GroupPlace | null;
  #last: GroupPlace;
  #id: string;
  #listener: Listener | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(
    readonly wanted: string,
    readonly found: ListedContainer,
    group: GroupPlace,
    readonly roots: Roots,
    readonly ask: () => Promise<RuntimeAnswer> = askRuntimes,
    readonly lookMs = LOOK_MS,
  ) {
    this.#group = group;
    this.#last = group;
    this.#id = found.id;
  }

  /** Where it counts now; null while it does not run. */
  get group(): GroupPlace | null {
    return this.#group;
  }

  /** The last place where it counted. */
  get lastGroup(): GroupPlace {
    return this.#last;
  }

  get id(): string {
    return this.#id;
  }

  listen(listener: Listener): void {
    this.#listener = listener;
  }

  /** To be called by who found its group gone. */
  lost(): void {
    if (this.#group === null || this.#closed) return;
    this.#group = null;
    this.#listener?.changed(`container ${this.found.name} stopped`);
    this.#wait(0, FIRST_ASK_MS, FIRST_ASK_MS, 0);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #wait(waitedMs: number, askAtMs: number, stepMs: number, unknown: number): void {
    this.#timer = setTimeout(() => void this.#look(waitedMs + this.lookMs, askAtMs, stepMs, unknown), this.lookMs);
  }

  async #look(waitedMs: number, askAtMs: number, stepMs: number, unknown: number): Promise<void> {
    if (this.#closed) return;
    if (groupExists(this.#last)) {
      this.#found(this.#last, `container ${this.found.name} runs again`);
      return;
    }
    if (waitedMs < askAtMs) {
      this.#wait(waitedMs, askAtMs, stepMs, unknown);
      return;
    }
    const { containers } = await this.ask();
    if (this.#closed) return;
    const now = containers === null ? null : containerNamed(containers, this.wanted);
    const group = now?.state === 'running' ? containerGroup(this.roots, now.id) : null;
    if (now !== null && group !== null) {
      const replaced = now.id !== this.#id;
      this.#id = now.id;
      this.#found(
        group,
        replaced
          ? `container ${this.found.name} runs again, as a new one (${now.id.slice(0, 12)})`
          : `container ${this.found.name} runs again`,
      );
      return;
    }
    const missing = containers !== null && now === null ? unknown + 1 : 0;
    if (missing === GONE_AFTER_ANSWERS) {
      this.#listener?.gone();
      return;
    }
    const step = Math.min(LONGEST_ASK_MS, 2 * stepMs);
    this.#wait(waitedMs, waitedMs + step, step, missing);
  }

  #found(group: GroupPlace, words: string): void {
    this.#group = group;
    this.#last = group;
    this.#listener?.changed(words);
  }
}

/** Finds a running container. Throws UnavailableError that says what there is instead. */
export async function followContainer(wanted: string, roots: Roots): Promise<FollowedContainer> {
  const option = `--container ${wanted}`;
  const sockets = runtimeSockets();
  if (sockets.length === 0) {
    throw new UnavailableError(
      `${option}: no container runtime's socket is here (looked for ${usualSockets().join(', ')})`,
      'Name it in DOCKER_SOCKET; for Podman, `podman system service -t 0 unix:///PATH` makes one. --cgroup PATH needs none.',
    );
  }
  const { containers, troubles } = await askRuntimes(sockets);
  if (containers === null) {
    const denied = troubles.some((trouble) => /EACCES|EPERM/.test(trouble));
    throw new UnavailableError(
      `${option}: no container runtime answers: ${troubles.join('; ')}`,
      denied
        ? 'Asking it needs the rights of its group, or root. --cgroup PATH needs neither.'
        : 'Is it running? DOCKER_SOCKET names another socket.',
    );
  }
  const found = containerNamed(containers, wanted);
  if (found === null) {
    const running = containers.filter(({ state }) => state === 'running').map(({ name }) => name);
    throw new UnavailableError(
      `${option}: there is no such container`,
      running.length === 0
        ? 'None is running.'
        : `Running: ${running.slice(0, 8).join(', ')}${running.length > 8 ? ' ...' : ''}`,
    );
  }
  if (found.state !== 'running') {
    throw new UnavailableError(
      `${option}: it is not running (${found.state})`,
      'Start it first; from then on restarts are followed.',
    );
  }
  const group = containerGroup(roots, found.id);
  if (group === null) {
    throw new UnavailableError(
      `${option}: its cgroup is not to be seen from here`,
      'It may run on another machine or in a virtual one (DOCKER_SOCKET), or without a memory controller.',
    );
  }
  return new FollowedContainer(wanted, found, group, roots);
}
