// A recording while it is made: its files, its samplers, its ticks. `run` and `record` differ only in what they follow.

import { existsSync } from 'node:fs';
import type { EventKind, RecordingInfo } from '@tidemark/shared/recording/recording.js';
import { formatDuration } from '@tidemark/shared/words/durations.js';
import { learnMore } from '../facts/systeminformation.js';
import type { JobTree } from '../job-tree/job-tree.js';
import { KillWatch } from '../oom/kill-watch.js';
import type { JobEnd } from '../run/job.js';
import type { OutputLog } from '../run/output-log.js';
import { elsewhere } from '../samplers/elsewhere.js';
import { SAMPLERS } from '../samplers/index.js';
import type { SamplingContext } from '../samplers/sampler.js';
import { allowOptimizing } from '../sampling/engine.js';
import { errorCode } from '../sampling/kernel-file.js';
import { Ticks } from '../sampling/ticks.js';
import { Lead } from '../summary/lead.js';
import { ClockWatch } from './clock-watch.js';
import type { EventFile } from './event-file.js';
import { firstInfo } from './first-info.js';
import { infoBefore, writeInfo } from './info-file.js';
import type { RecordingOptions } from './options.js';
import { writePidFile } from './pid-file.js';
import { RecentSamples } from './recent-samples.js';
import { SampledCells } from './sampled-cells.js';
import { say, sayOnce } from './say.js';
import type { Target } from './target.js';
import { WrittenFiles } from './written-files.js';

/** Share of the machine's memory: with less than this available it is tight. */
const TIGHT = 0.1;
/** How often it is reckoned what the samples since then say of clocks, peaks and the machine. */
const LOOK_BACK_MS = 1000;

export class Recording {
  readonly events: EventFile;
  readonly info: RecordingInfo;
  /** What the summary is about. */
  readonly lead: Lead;
  readonly #target: Target;
  readonly #written: WrittenFiles;
  readonly #removePidFile: () => void;
  /** recording.json as an earlier recorder left it, when this one goes on with its recording. */
  readonly #before: RecordingInfo | null;
  /** `elapsed_s` at which this recorder began. */
  #elapsedBefore = 0;
  readonly #ticks: Ticks;
  readonly #sampled: SampledCells;
  readonly #recent: RecentSamples;
  readonly #kills: KillWatch;
  readonly #tree: JobTree | null;
  readonly #availableCell: number;
  readonly #usedCell: number;
  #clocks: ClockWatch | null = null;
  #lookedBackMs = 0;
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
      ownCost: options.ownCost,
      resetPeaks: options.resetPeaks,
      cannotResetPeaks: (why) => this.#cannotResetPeaks(why),
    };
    const samplers = SAMPLERS.map((make) => make(context)).filter((sampler) => sampler !== null);
    const sampled = new SampledCells(
      samplers.length > 0 ? samplers : [elsewhere(tree)],
      (name, why) => {
        this.events.add('sampler-lost', `${name}: ${why}`);
        sayOnce(`lost ${name}`, `the ${name} columns are empty until they can be read again: ${why}`);
      },
      (name) => this.events.add('mark', `the ${name} columns are read again`),
    );
    this.#sampled = sampled;
    this.#recent = new RecentSamples(sampled, tree);
    this.#tree = tree;
    this.lead = new Lead(sampled, tree);
    this.#availableCell = sampled.at('machine_available_bytes');
    this.#usedCell = sampled.at('machine_used_bytes');

    this.info = firstInfo(options, sampled);
    this.#kills = new KillWatch({
      sampled,
      recent: this.#recent,
      group,
      followed: options.container ?? null,
      info: this.info,
      output: target.files.output,
      onKill: (text) => {
        this.events.add('oom-kill', text);
        this.writeInfo();
      },
    });
    const before = target.resumes ? infoBefore(target.files.info) : null;
    // First: where it cannot be written nothing is begun.
    this.#removePidFile = options.pidFile === null ? () => {} : writePidFile(options.pidFile);
    try {
      this.#written = new WrittenFiles({
        target,
        columns: sampled.columns.map((column) => column.name),
        order: sampled.order,
        rotation: options.rotation,
        processesEveryMs: this.info.processes?.interval_ms ?? null,
        onRemoved: (removed) => {
          this.info.removed = { ...removed, parts: removed.parts + (before?.removed?.parts ?? 0) };
          this.writeInfo();
        },
      });
    } catch (error) {
      this.#removePidFile();
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
    this.#written.keepRoom();
    this.#ticks = new Ticks(options.intervalMs, this.#sample, { patienceMs: options.patienceMs ?? 0 });
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

  /** No sample is taken after this, also when it is called in one. */
  halt(): void {
    this.#ticks.stop();
  }

  /** We only watched, and what we watched has not ended. */
  get jobGoesOn(): boolean {
    return this.info.command === null && this.#tree?.ended !== true;
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
      samplers: this.#sampled.costs.list(),
    };
    this.#kills.finish();
    this.#lookBack(this.elapsedMs());
    if (this.#written.resumedAfter !== null) this.#readBack();
    this.info.summary = this.lead.summary(this.#before?.summary ?? null);
    this.#written.giveRoomBack();
    this.writeInfo();
    this.#sampled.close();
    this.#written.close();
    this.#removePidFile();
  }

  /** A recorder that was killed has told nothing of its part but its rows. */
  #readBack(): void {
    allowOptimizing();
    try {
      this.lead.readBack(this.#written.memoryFiles());
    } catch (error) {
      say(
        `tidemark: ${this.shown} cannot be read back (${errorCode(error) || String(error)}): the summary is of what was recorded since it was resumed`,
      );
    }
  }

  /** What was followed has ended: was it killed for want of memory? Null where nobody knows how it ended. */
  jobEnded(end: JobEnd | null): void {
    this.#kills.jobEnded(end);
  }

  readonly #sample = (elapsedMs: number, timeMs: number): void => {
    this.#sampled.read(elapsedMs);
    const now = this.#ticks.startMs + elapsedMs;
    this.#written.rows.write(timeMs, this.#elapsedBefore + elapsedMs, this.#sampled.cells, now);
    this.#sampled.written();
    this.#kills.sampled();
    const hasRoom = this.#recent.add(timeMs, elapsedMs);
    if (!hasRoom || elapsedMs - this.#lookedBackMs >= LOOK_BACK_MS) this.#lookBack(elapsedMs);
    if (this.#tree !== null)
      this.#written.processes?.add(timeMs, this.#elapsedBefore + elapsedMs, this.#tree.processes());
    this.onRow(elapsedMs);
  };

  #lookBack(nowMs: number): void {
    this.#lookedBackMs = nowMs;
    this.#recent.eachNew((sample) => {
      this.#clocks?.sampled(sample.timeMs, sample.elapsedMs);
      this.lead.sampled(sample, this.#elapsedBefore + sample.elapsedMs);
    });
    this.#written.rows.hurry = this.#machineIsTight();
    this.events.retry();
  }

  /** A machine that runs out of memory may stop for good: the last seconds are the ones that are wanted then. */
  #machineIsTight(): boolean {
    const { cells } = this.#sampled;
    const available = cells[this.#availableCell]!;
    return available < TIGHT * (available + cells[this.#usedCell]!);
  }

  /** Some process's peaks are less well known than promised: the recording promises less from now on. */
  #cannotResetPeaks(why: string): void {
    this.info.peak_sources.job = 'vm-hwm';
    this.writeInfo();
    sayOnce('reset', `--reset-peaks: ${why}; there a peak is only seen when it is higher than all before`);
  }
}

/** Told at the start when a log that the job is said to write is not there yet: it may well come. */
export function warnAboutLogs(logs: readonly string[]): void {
  for (const log of logs)
    if (!existsSync(log)) say(`tidemark: ${log} does not exist yet; the viewer opens it when it does`);
}
