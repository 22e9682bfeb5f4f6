// A recording while it is made: its files, its samplers, its ticks. `run` and `record` differ only in what they follow.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { oomEvent } from '@tidemark/shared/oom/words.js';
import { COLUMNS } from '@tidemark/shared/recording/columns.js';
import type { EventKind, OomInfo, PeakSource, RecordingInfo } from '@tidemark/shared/recording/recording.js';
import { RECORDING_FORMAT } from '@tidemark/shared/recording/recording.js';
import { formatDuration } from '@tidemark/shared/words/durations.js';
import type { GroupPlace } from '../cgroup/find-group.js';
import type { FollowedContainer } from '../containers/followed-container.js';
import { hostFacts } from '../facts/host.js';
import { learnMore } from '../facts/systeminformation.js';
import { timeZone } from '../facts/time-zone.js';
import type { Gpu } from '../gpu/gpu.js';
import type { JobTree } from '../job-tree/job-tree.js';
import { LastSamples } from '../oom/last-samples.js';
import { logTail, outputTail } from '../oom/output-tail.js';
import { judge } from '../oom/verdict.js';
import { Largest } from '../processes/largest.js';
import { EVERY_MS } from '../processes/process-log.js';
import type { JobEnd } from '../run/job.js';
import type { OutputLog } from '../run/output-log.js';
import { killsOf, limitOf } from '../samplers/container.js';
import { elsewhere } from '../samplers/elsewhere.js';
import { SAMPLERS } from '../samplers/index.js';
import type { Roots, Sampler, SamplingContext } from '../samplers/sampler.js';
import { Ticks } from '../sampling/ticks.js';
import { RunningSeries } from '../summary/running-series.js';
import { ClockWatch } from './clock-watch.js';
import type { EventFile } from './event-file.js';
import { infoBefore, writeInfo } from './info-file.js';
import type { Rotation } from './parts.js';
import { writePidFile } from './pid-file.js';
import { say, sayOnce } from './say.js';
import type { Target } from './target.js';
import { WrittenFiles } from './written-files.js';

/** A sampler that fails this often in a row is given up, and events.csv says so. */
const LOST_AFTER_FAILURES = 10;
/** Kills that follow each other this soon are one story, which begins with the first. */
const ONE_KILL_MS = 2000;

export interface RecordingOptions {
  readonly target: Target;
  readonly intervalMs: number;
  readonly startedAt: Date;
  readonly version: string;
  readonly label: string | null;
  readonly command: readonly string[] | null;
  readonly logs: readonly string[];
  readonly roots: Roots;
  readonly tree: JobTree | null;
  readonly group: GroupPlace | null;
  /** Followed through restarts; null or absent for none. `group` is where it counts at the start. */
  readonly container?: FollowedContainer | null;
  /** The cards to record; null or absent for none. */
  readonly gpu?: Gpu | null;
  /** Set VmHWM of the job's processes back after each sample. */
  readonly resetPeaks: boolean;
  /** Keep processes.csv. Needs a tree. */
  readonly perProcess: boolean;
  readonly rotation: Rotation | null;
  /** Where our pid is written while we run. */
  readonly pidFile: string | null;
}

export class Recording {
  readonly events: EventFile;
  readonly info: RecordingInfo;
  /** The column that the summary is about: the job's RSS, else the container's charge, else the machine's use. */
  readonly lead: { readonly column: string; readonly values: RunningSeries };
  readonly #target: Target;
  readonly #written: WrittenFiles;
  readonly #removePidFile: () => void;
  /** recording.json as an earlier recorder left it, when this one goes on with its recording. */
  readonly #before: RecordingInfo | null;
  /** `elapsed_s` at which this recorder began. */
  #elapsedBefore = 0;
  readonly #ticks: Ticks;
  readonly #samplers: readonly Sampler[];
  /** Where each sampler's cells begin in `#read`, and where each column of the file is found there. */
  readonly #offsets: readonly number[];
  readonly #order: readonly number[];
  readonly #read: Float64Array;
  readonly #cells: Float64Array;
  readonly #failures: number[];
  readonly #leadCell: number;
  readonly #leadPeakCell: number;
  readonly #killsCell: number;
  readonly #group: GroupPlace | null;
  readonly #tree: JobTree | null;
  readonly #last: LastSamples;
  /** The largest processes when the lead was at its highest, and how high that was. */
  readonly #atPeak = new Largest();
  #highest = Number.NEGATIVE_INFINITY;
  #kills: number;
  /** How far the counter has risen since the start; NaN where there is none. */
  #killed: number;
  #endedByKill = false;
  #lastKillAt = Number.NEGATIVE_INFINITY;
  #clocks: ClockWatch | null = null;
  #stopLearning: () => void = () => {};
  /** After each row, for what ends a recording: a job that is gone. */
  onRow: (elapsedMs: number) => void = () => {};

  /** Takes the lock and makes the files. Throws UnavailableError when that is not possible; nothing is left running then. */
  constructor(options: RecordingOptions) {
    const { target, roots, tree, group } = options;
    this.#target = target;
    const context: SamplingContext = {
      roots,
      tree,
      group,
      container: options.container ?? null,
      gpu: options.gpu ?? null,
      resetPeaks: options.resetPeaks,
      cannotResetPeaks: (why) => this.#cannotResetPeaks(why),
    };
    const samplers = SAMPLERS.map((make) => make(context)).filter((sampler) => sampler !== null);
    this.#samplers = samplers.length > 0 ? samplers : [elsewhere(tree)];

    const found = this.#samplers.flatMap((sampler) => sampler.columns);
    const rank = (name: string): number => COLUMNS.findIndex((column) => column.name === name);
    const columns = found.toSorted((a, b) => rank(a.name) - rank(b.name));
    this.#order = columns.map((column) => found.indexOf(column));
    let offset = 0;
    this.#offsets = this.#samplers.map((sampler) => {
      const at = offset;
      offset += sampler.columns.length;
      return at;
    });
    this.#read = new Float64Array(found.length);
    this.#cells = new Float64Array(found.length);
    this.#failures = this.#samplers.map(() => 0);

    const cell = (name: string): number => columns.findIndex((column) => column.name === name);
    const lead = LEADS.find(([name]) => cell(name) >= 0) ?? LEADS[2];
    this.lead = { column: lead[0], values: new RunningSeries() };
    this.#leadCell = cell(lead[0]);
    this.#leadPeakCell = cell(lead[1]);
    this.#killsCell = cell('container_oom_kills');
    this.#group = group;
    this.#tree = tree;
    this.#last = new LastSamples(columns.map((column) => column.name));
    this.#kills = group === null ? Number.NaN : killsOf(group);
    this.#killed = Number.isNaN(this.#kills) ? Number.NaN : 0;

    this.info = {
      format: RECORDING_FORMAT,
      tidemark_version: options.version,
      label: options.label,
      command: options.command === null ? null : [...options.command],
      working_directory: process.cwd(),
      host: hostFacts(),
      time_zone: timeZone(),
      started_at: options.startedAt.toISOString(),
      ended_at: null,
      interval_ms: options.intervalMs,
      columns: [...columns],
      peak_sources: {
        job: cell('job_peak_bytes') < 0 ? null : options.resetPeaks ? 'clear-refs' : 'vm-hwm',
        container: containerPeakSource(columns, group),
      },
      cgroup: group === null ? null : { version: group.version, path: group.path, limit_bytes: limitOf(group) },
      job: null,
      // Whoever opens the recording may stand elsewhere.
      logs: options.logs.map((log) => resolve(log)),
      own_cost: null,
    };
    const everyMs = Math.max(EVERY_MS, options.intervalMs);
    if (options.perProcess) this.info.processes = { interval_ms: everyMs };

    const before = target.resumes ? infoBefore(target.files.info) : null;
    this.#written = new WrittenFiles({
      target,
      columns: columns.map((column) => column.name),
      rotation: options.rotation,
      processesEveryMs: options.perProcess ? everyMs : null,
      onRemoved: (removed) => {
        this.info.removed = { ...removed, parts: removed.parts + (before?.removed?.parts ?? 0) };
        this.writeInfo();
      },
    });
    try {
      this.#removePidFile = options.pidFile === null ? () => {} : writePidFile(options.pidFile);
    } catch (error) {
      this.#written.close();
      throw error;
    }
    this.events = this.#written.events;
    this.#before = before;
    if (before !== null) {
      this.info.started_at = before.started_at;
      this.info.resumed_at = options.startedAt.toISOString();
      if (before.removed !== undefined) this.info.removed = before.removed;
    }
    writeInfo(target.files.info, this.info);
    this.#ticks = new Ticks(options.intervalMs, (elapsedMs) => this.#sample(elapsedMs));
  }

  get files(): Target['files'] {
    return this.#target.files;
  }

  get shown(): string {
    return this.#target.shown;
  }

  elapsedMs(): number {
    return this.#ticks.elapsedMs();
  }

  /** Samples now and from now on. The `start` event carries `text`. */
  start(text: string): void {
    const now = Date.now();
    const after = this.#written.resumedAfter;
    if (this.#before === null) this.info.started_at = new Date(now).toISOString();
    if (after !== null) {
      const pauseMs = Math.max(0, now - after.timeMs);
      this.#elapsedBefore = after.elapsedMs + pauseMs;
      this.events.add('gap', `nothing was recorded for ${formatDuration(pauseMs)}: resumed`, after.timeMs);
      say(`tidemark: going on with ${this.shown}, ${formatDuration(pauseMs)} after its last sample`);
    }
    this.events.add('start', text);
    this.#clocks = new ClockWatch(this.#ticks.intervalMs, (kind, words, timeMs) =>
      this.events.add(kind, words, timeMs),
    );
    this.#ticks.start();
    this.writeInfo();
    this.#stopLearning = learnMore((facts) => {
      this.info.host = { ...this.info.host, ...facts };
      this.writeInfo();
    });
  }

  writeInfo(): void {
    writeInfo(this.files.info, this.info);
  }

  /** output.log. Throws the system's error. */
  openOutput(streams: number): OutputLog {
    return this.#written.openOutput(streams);
  }

  event(kind: EventKind, text: string): void {
    this.events.add(kind, text);
  }

  /** Stops sampling, writes what it cost and how it ended, gives the lock back. */
  finish(): void {
    this.#ticks.stop();
    this.#stopLearning();
    const { ticks, late, missed } = this.#ticks.counts;
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    this.info.ended_at = new Date().toISOString();
    this.info.own_cost = {
      samples: ticks,
      late_ticks: late,
      missed_ticks: missed,
      cpu_s: Math.round((userCPUTime + systemCPUTime) / 1000) / 1000,
      rss_peak_bytes: maxRSS * 1024,
    };
    // By now all that the job wrote is there, up to its very end.
    if (this.#endedByKill && this.info.oom !== undefined) Object.assign(this.info.oom, this.#lastLines());
    const { peak } = this.lead.values;
    this.info.summary =
      peak === null
        ? null
        : {
            column: this.lead.column,
            peak_bytes: peak.value,
            peak_at: new Date(peak.timeMs).toISOString(),
            ...(this.#tree === null ? {} : { processes: this.largestAtPeak() }),
          };
    // The highest of all that was recorded, where the recorder before lived to tell it.
    const earlier = this.#before?.summary;
    if (
      earlier != null &&
      earlier.column === this.lead.column &&
      !((this.info.summary?.peak_bytes ?? 0) >= earlier.peak_bytes)
    )
      this.info.summary = earlier;
    this.writeInfo();
    for (const sampler of this.#samplers) sampler.close();
    this.#written.close();
    this.#removePidFile();
  }

  #sample(elapsedMs: number): void {
    const timeMs = Date.now();
    for (let i = 0; i < this.#samplers.length; i++) this.#readOne(i, elapsedMs);
    for (let i = 0; i < this.#order.length; i++) this.#cells[i] = this.#read[this.#order[i]!]!;
    this.#clocks?.sampled(timeMs, elapsedMs);
    this.#written.rows.write(timeMs, this.#elapsedBefore + elapsedMs, this.#cells);
    this.events.retry();

    if (this.#leadCell >= 0) {
      const peak = this.#leadPeakCell < 0 ? Number.NaN : this.#cells[this.#leadPeakCell]!;
      this.lead.values.add(timeMs, elapsedMs, this.#cells[this.#leadCell]!, peak);
      if (this.#tree !== null) this.#noteHighest(this.#tree, Math.max(this.#cells[this.#leadCell]!, peak));
    }
    if (this.#tree !== null)
      this.#written.processes?.add(timeMs, this.#elapsedBefore + elapsedMs, this.#tree.processes());
    // First the kill, then the sample: what is kept was there before it.
    if (this.#killsCell >= 0) this.#watchKills(this.#cells[this.#killsCell]!);
    this.#last.add(timeMs, elapsedMs, this.#cells, this.#tree?.processes() ?? []);
    this.onRow(elapsedMs);
  }

  /** Trouble costs a sampler its own cells of this tick; too much of it, all that follow. */
  #readOne(i: number, elapsedMs: number): void {
    const sampler = this.#samplers[i]!;
    const at = this.#offsets[i]!;
    if (this.#failures[i]! >= LOST_AFTER_FAILURES) {
      this.#read.fill(Number.NaN, at, at + sampler.columns.length);
      return;
    }
    try {
      sampler.read(this.#read, at, elapsedMs);
      this.#failures[i] = 0;
    } catch (error) {
      this.#read.fill(Number.NaN, at, at + sampler.columns.length);
      this.#failures[i]!++;
      if (this.#failures[i] === LOST_AFTER_FAILURES) {
        const why = error instanceof Error ? error.message : String(error);
        this.events.add('sampler-lost', `${sampler.name}: ${why}`);
        sayOnce(`lost ${sampler.name}`, `the ${sampler.name} columns are empty from now on: ${why}`);
      }
    }
  }

  /** What was followed has ended: was it killed for want of memory? Null where nobody knows how it ended. */
  jobEnded(end: JobEnd | null): void {
    if (this.#group !== null) this.#watchKills(killsOf(this.#group));
    if (this.info.oom === undefined && end !== null) {
      const oom = judge({ noticedMs: Date.now(), kills: this.#killed, end, samples: this.#last.all() });
      if (oom !== null) this.info.oom = oom;
    }
    this.#endedByKill = Date.now() - Date.parse(this.info.oom?.noticed_at ?? '') < ONE_KILL_MS;
  }

  #noteHighest(tree: JobTree, known: number): void {
    if (!(known > this.#highest)) return;
    this.#highest = known;
    this.#atPeak.note(tree.processes(), 'peak');
  }

  /** The job's largest processes at the highest that is known of it, largest first; empty where none is followed. */
  largestAtPeak(): NonNullable<NonNullable<RecordingInfo['summary']>['processes']> {
    return this.#atPeak.list().map(({ pid, name, rssBytes, peakBytes }) => ({
      pid,
      name,
      rss_bytes: rssBytes,
      peak_bytes: peakBytes,
    }));
  }

  #watchKills(kills: number): void {
    const more = kills - this.#kills;
    if (!Number.isNaN(kills)) this.#kills = kills;
    // Less than before: the container was started again and counts anew.
    if (!(more > 0)) return;
    this.#killed += more;
    this.#noteKill(more);
  }

  #noteKill(more: number): void {
    const noticedMs = Date.now();
    const sameStory = this.info.oom !== undefined && noticedMs - this.#lastKillAt < ONE_KILL_MS;
    this.#lastKillAt = noticedMs;
    const oom = judge({ noticedMs, kills: this.#killed, end: null, samples: this.#last.all() });
    if (oom === null) return;
    this.events.add('oom-kill', oomEvent(oom, more));
    if (sameStory && this.info.oom !== undefined) {
      this.info.oom.kills = oom.kills;
      this.info.oom.why = oom.why;
    } else this.info.oom = { ...oom, ...this.#lastLines() };
    this.writeInfo();
  }

  /** What the job wrote last: its captured output, and the logs that it writes itself. */
  #lastLines(): Pick<OomInfo, 'output' | 'logs'> {
    const logs = this.info.logs.map((file) => ({ file, lines: logTail(file) }));
    return { output: outputTail(this.files.output), ...(logs.length === 0 ? {} : { logs }) };
  }

  /** Some process's peaks are less well known than promised: the recording promises less from now on. */
  #cannotResetPeaks(why: string): void {
    this.info.peak_sources.job = 'vm-hwm';
    this.writeInfo();
    sayOnce('reset', `--reset-peaks: ${why}; there a peak is only seen when it is higher than all before`);
  }
}

/** What the summary is about, and the column with its peaks. */
const LEADS = [
  ['job_rss_bytes', 'job_peak_bytes'],
  ['container_current_bytes', 'container_peak_bytes'],
  ['machine_used_bytes', ''],
] as const;

function containerPeakSource(columns: RecordingInfo['columns'], group: GroupPlace | null): PeakSource | null {
  const peak = columns.find((column) => column.name === 'container_peak_bytes');
  if (peak === undefined || group === null) return null;
  if (peak.source.startsWith('memory.current')) return 'samples';
  return group.version === 1 ? 'cgroup-v1-max-usage' : 'cgroup-memory-peak';
}

/** Told at the start when a log that the job is said to write is not there yet: it may well come. */
export function warnAboutLogs(logs: readonly string[]): void {
  for (const log of logs)
    if (!existsSync(log)) say(`tidemark: ${log} does not exist yet; the viewer opens it when it does`);
}
