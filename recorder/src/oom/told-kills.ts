// Hears of kills from the kernel, beside the samples. cgroup v2: a change of memory.events is told at once (inotify); v1 tells nobody who cannot open an eventfd.
//
// For a group that goes away with its last process, as that of a service does: some tens of milliseconds after the kill there is no counter left to sample.
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type { GroupPlace } from '../cgroup/find-group.js';

export class ToldKills {
  #at: GroupPlace | null = null;
  #watcher: FSWatcher | null = null;

  /** `onTold` gets the group whose counters have changed; not each of them is of kills. */
  constructor(readonly onTold: (group: GroupPlace) => void) {}

  /** Where to listen from now on; null while there is no group. To be called with every sample. */
  listenAt(group: GroupPlace | null): void {
    if (group === this.#at) return;
    this.close();
    this.#at = group;
    if (group?.version !== 2) return;
    try {
      this.#watcher = watch(join(group.folder, 'memory.events'), { persistent: false }, () => this.onTold(group));
      // Where it cannot be watched (the machine's share of watches is used up), the samples are what there is.
      this.#watcher.on('error', () => {});
    } catch {
      this.#watcher = null;
    }
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = null;
    this.#at = null;
  }
}
