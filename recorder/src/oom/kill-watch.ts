// Watches a recording's cgroup for kills while it is recorded, and says at the end whether the job was one. What it finds stands in recording.json.
import { oomEvent } from '@tidemark/shared/oom/words.js';
import type { OomInfo, RecordingInfo } from '@tidemark/shared/recording/recording.js';
import type { GroupPlace } from '../cgroup/find-group.js';
import type { Followed } from '../cgroup/followed-group.js';
import type { RecentSamples, Sampled } from '../recording/recent-samples.js';
import type { JobEnd } from '../run/job.js';
import { killsOf } from '../samplers/container.js';
import { logTail, outputTail } from './output-tail.js';
import { ToldKills } from './told-kills.js';
import { judge } from './verdict.js';

/** Kills that follow each other this soon are one story, which begins with the first. */
const ONE_KILL_MS = 2000;

export interface KillWatchOptions {
  readonly sampled: Sampled;
  readonly group: GroupPlace | null;
  /** A group that may vanish with what it killed; null for one that stays. */
  readonly followed: Followed | null;
  /** It gets each sample after we have looked at it: what is kept was there before the kill. */
  readonly recent: RecentSamples;
  /** Its `oom` is ours. */
  readonly info: RecordingInfo;
  /** output.log. */
  readonly output: string;
  /** A kill was counted: the text of its event. `info` has changed. */
  readonly onKill: (text: string) => void;
}

export class KillWatch {
  readonly #cell: number;
  readonly #told = new ToldKills((group) => this.#hear(killsOf(group)));
  #kills: number;
  /** How far the counter has risen since the start; NaN where there is none. */
  #killed: number;
  #endedByKill = false;
  #lastKillAt = Number.NEGATIVE_INFINITY;

  constructor(readonly options: KillWatchOptions) {
    const { sampled, group } = options;
    this.#cell = sampled.at('container_oom_kills');
    this.#kills = group === null ? Number.NaN : killsOf(group);
    this.#killed = Number.isNaN(this.#kills) ? Number.NaN : 0;
    this.#listen();
  }

  /** After each tick. */
  sampled(): void {
    if (this.#cell >= 0) this.#watch(this.options.sampled.cells[this.#cell]!);
    this.#listen();
  }

  /** What was followed has ended: was it killed for want of memory? Null where nobody knows how it ended. */
  jobEnded(end: JobEnd | null): void {
    const { group, info } = this.options;
    if (group !== null) this.#watch(killsOf(group));
    if (info.oom === undefined && end !== null) {
      const oom = judge({ noticedMs: Date.now(), kills: this.#killed, end, samples: this.options.recent.all() });
      if (oom !== null) info.oom = oom;
    }
    this.#endedByKill = Date.now() - Date.parse(info.oom?.noticed_at ?? '') < ONE_KILL_MS;
  }

  /** By now all that the job wrote is there, up to its very end. */
  finish(): void {
    this.#told.close();
    const { oom } = this.options.info;
    if (this.#endedByKill && oom !== undefined) Object.assign(oom, this.#lastLines());
  }

  #listen(): void {
    const { followed } = this.options;
    if (followed !== null) this.#told.listenAt(followed.group);
  }

  #hear(kills: number): void {
    if (Number.isNaN(kills)) return;
    // The cell keeps what its sampler read last, which is not with every sample: what we know is newer.
    if (this.#cell >= 0) this.options.sampled.cells[this.#cell] = kills;
    this.#watch(kills);
  }

  #watch(kills: number): void {
    const more = kills - this.#kills;
    if (!Number.isNaN(kills)) this.#kills = kills;
    // Less than before: the container was started again and counts anew.
    if (!(more > 0)) return;
    this.#killed += more;
    this.#note(more);
  }

  #note(more: number): void {
    const { info, onKill } = this.options;
    const noticedMs = Date.now();
    const sameStory = info.oom !== undefined && noticedMs - this.#lastKillAt < ONE_KILL_MS;
    this.#lastKillAt = noticedMs;
    const oom = judge({ noticedMs, kills: this.#killed, end: null, samples: this.options.recent.all() });
    if (oom === null) return;
    if (sameStory && info.oom !== undefined) {
      info.oom.kills = oom.kills;
      info.oom.why = oom.why;
    } else info.oom = { ...oom, ...this.#lastLines() };
    onKill(oomEvent(oom, more));
  }

  /** What the job wrote last: its captured output, and the logs that it writes itself. */
  #lastLines(): Pick<OomInfo, 'output' | 'logs'> {
    const { info, output } = this.options;
    const logs = info.logs.map((file) => ({ file, lines: logTail(file) }));
    return { output: outputTail(output), ...(logs.length === 0 ? {} : { logs }) };
  }
}
