// The files of one recording while it is written: begun or resumed, kept going through trouble, put aside when they grow, closed.
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { TidemarkError, UnavailableError } from '@tidemark/shared/errors.js';
import { partName } from '@tidemark/shared/recording/files.js';
import { PROCESSES_HEADER } from '@tidemark/shared/recording/processes.js';
import type { RecordingInfo } from '@tidemark/shared/recording/recording.js';
import { formatBytes } from '@tidemark/shared/words/bytes.js';
import { formatDuration } from '@tidemark/shared/words/durations.js';
import { ProcessLog } from '../processes/process-log.js';
import { OutputLog } from '../run/output-log.js';
import { errorCode } from '../sampling/kernel-file.js';
import { DurableFile } from './durable-file.js';
import { EventFile } from './event-file.js';
import { keepRoom } from './kept-room.js';
import { takeLock } from './lock.js';
import { firstRowTime, type MendedRows, mendOutput, mendRecords, mendRows, type RowTime } from './mend.js';
import { Parts, partNumbers, type Rotated, type Rotation } from './parts.js';
import { RowFile, type RowRecovery, type RowTrouble } from './row-file.js';
import { say, sayOnce } from './say.js';
import { takeAway } from './take-away.js';
import type { Target } from './target.js';
import { inWords, isLasting } from './trouble.js';

/** A disk that fills up again is told again, one that does so all the time is not. */
const TOLD_AGAIN_MS = 10 * 60_000;

export interface WrittenOptions {
  readonly target: Target;
  readonly columns: readonly string[];
  /** Where the cell of each column stands among those that are written. */
  readonly order: readonly number[];
  readonly rotation: Rotation | null;
  /** How often every process gets a row in processes.csv; null for no such file. */
  readonly processesEveryMs: number | null;
  /** Facts in recording.json changed. */
  readonly onRemoved: (removed: NonNullable<RecordingInfo['removed']>) => void;
}

export class WrittenFiles {
  readonly events: EventFile;
  readonly rows: RowFile;
  readonly processes: ProcessLog | null;
  /** The last row of the recording that is resumed; null for one that begins. */
  readonly resumedAfter: RowTime | null;
  readonly #release: () => void;
  #output: OutputLog | null = null;
  #removed = 0;
  #giveRoomBack: () => void = () => {};

  /** Takes the lock, then makes or mends the files. Throws UnavailableError; nothing is held then. */
  constructor(readonly options: WrittenOptions) {
    const { target, columns, order, processesEveryMs } = options;
    const { files } = target;
    const begun: string[] = [];
    this.#release = takeLock(target.lock, target.shown, files.memory);
    try {
      const mended = target.resumes ? this.#mend() : null;
      this.resumedAfter = mended?.last ?? null;
      for (const path of [files.memory, files.processes, files.output]) takeAway(`${path}.new`);
      // The age of a part that goes on counts from its first row.
      const ageMs = mended?.first == null ? 0 : Math.max(0, Date.now() - mended.first.timeMs);
      this.events = new EventFile(files.events, target.resumes);
      begun.push(files.events);
      this.rows = new RowFile({
        path: files.memory,
        columns,
        order,
        parts: this.#parts(files.memory, ageMs),
        resumeAt: mended?.end ?? null,
        onTrouble: ({ code }) => this.#rowsFail(code),
        onRecovery: (recovery) => this.#rowsRecover(recovery),
        onLost: (trouble, rows) => this.#rowsLost(trouble, rows),
        onCut: (bytes) => this.#wasCut(files.memory, bytes),
        onSyncTrouble: (code) =>
          sayOnce('sync', `${files.memory} does not reach the disk: ${inWords(code)}. Samples may be lost.`),
      });
      begun.push(files.memory);
      this.processes = processesEveryMs === null ? null : this.#processLog(processesEveryMs);
    } catch (error) {
      // They hold nothing yet, and would be in the way of the next try.
      if (!target.resumes) for (const path of begun) takeAway(path);
      this.#release();
      if (error instanceof TidemarkError) throw error;
      throw new UnavailableError(
        `${target.shown}: cannot write there: ${inWords(errorCode(error) || String(error))}`,
        null,
        {
          cause: error,
        },
      );
    }
  }

  /** Throws the system's error. */
  openOutput(streams: number): OutputLog {
    const path = this.options.target.files.output;
    this.#output = new OutputLog({
      path,
      streams,
      parts: this.#parts(path),
      hurry: () => this.rows.hurry,
      resumeAt: this.options.target.resumes && existsSync(path) ? mendOutput(path) : null,
      onTrouble: (code) =>
        sayOnce(
          this.#gone(code) ?? 'output',
          `cannot write ${path}: ${inWords(code)}. The job goes on; its output is not kept until this ends.`,
          TOLD_AGAIN_MS,
        ),
      onRecovery: (lost, sinceMs) => {
        const what = lost === 0 ? 'nothing was lost' : `${formatBytes(lost)} of the job's output are missing`;
        this.events.add(
          'gap',
          `${basename(path)} could not be written for ${formatDuration(Date.now() - sinceMs)}: ${what}`,
          sinceMs,
        );
        sayOnce('output again', `${path} is written again; ${what}.`, TOLD_AGAIN_MS);
      },
      onCut: (bytes) => this.#wasCut(path, bytes),
      onLost: (lost, sinceMs) => {
        const fate = `was not written to its end: ${formatBytes(lost)} of the job's output are missing`;
        this.events.add('gap', `${basename(path)} ${fate}`, sinceMs);
        say(`tidemark: ${path} ${fate}`);
      },
    });
    return this.#output;
  }

  /** The samples on disk, oldest first. */
  memoryFiles(): string[] {
    const { memory } = this.options.target.files;
    return [...partNumbers(memory).map((number) => partName(memory, number)), memory].filter((path) =>
      existsSync(path),
    );
  }

  /** So that the end can be told on a disk that has become full. */
  keepRoom(): void {
    this.#giveRoomBack = keepRoom(`${this.options.target.files.info}.room`);
  }

  /** To be followed at once by what the room is for. */
  giveRoomBack(): void {
    this.#giveRoomBack();
    this.events.retry();
  }

  close(): void {
    this.rows.close();
    this.processes?.close();
    this.events.close();
    this.#release();
  }

  #mend(): Omit<MendedRows, 'end'> & { readonly end: number | null } {
    const { target, columns } = this.options;
    const { memory, events } = target.files;
    mendRecords(events);
    const here = existsSync(memory) ? mendRows(memory, columns, target.shown) : null;
    if (here !== null && here.cut > 0)
      say(`tidemark: ${target.shown}: a cut last row was taken away (${here.cut} bytes)`);
    if (here?.last != null) return here;
    // It was killed just after it had put a part aside.
    const part = partNumbers(memory).at(-1);
    if (part === undefined) return here ?? { end: null, first: null, last: null, cut: 0 };
    const { last } = mendRows(partName(memory, part), columns, target.shown);
    return { end: here?.end ?? null, first: null, last, cut: 0 };
  }

  #processLog(everyMs: number): ProcessLog {
    const { target } = this.options;
    const path = target.files.processes;
    const end = target.resumes ? mendRecords(path) : 0;
    const file = new DurableFile(path, Buffer.from(PROCESSES_HEADER), this.#parts(path), end === 0 ? null : end, {
      wasCut: (bytes) => this.#wasCut(path, bytes),
    });
    return new ProcessLog(file, everyMs, (code) =>
      sayOnce('processes', `cannot write ${path}: ${inWords(code)}. Recording goes on.`),
    );
  }

  #parts(path: string, ageMs = 0): Parts {
    return new Parts(
      path,
      this.options.rotation,
      {
        rotated: (what) => this.#rotated(path, what),
        failed: (code) => sayOnce(`rotate ${path}`, `${path} cannot be put aside: ${inWords(code)}. It grows on.`),
      },
      ageMs,
    );
  }

  #rotated(path: string, { closed, bytes, removed, oldest }: Rotated): void {
    const gone = removed.length === 0 ? '' : `; ${removed.join(', ')} removed (--keep ${this.options.rotation?.keep})`;
    this.events.add('rotated', `${closed}, ${formatBytes(bytes)}${gone}`);
    if (removed.length === 0 || path !== this.options.target.files.memory) return;
    const before = firstRowTime(oldest);
    this.#removed += removed.length;
    this.options.onRemoved({
      parts: this.#removed,
      samples_before: before === null ? null : new Date(before).toISOString(),
    });
  }

  #wasCut(path: string, bytes: number): void {
    const what = `was cut by somebody: ${formatBytes(bytes)} that had been written are gone`;
    this.events.add('gap', `${basename(path)} ${what}`);
    sayOnce(`cut ${path}`, `${path} ${what}. It is gone on with.`);
  }

  #rowsFail(code: string): void {
    const { memory } = this.options.target.files;
    // All of them, also those that nothing is written to at the moment: an open file holds up the unmounting that mends the disk.
    if (isLasting(code)) {
      this.processes?.file.giveUp();
      this.#output?.giveUp(code);
      this.#giveRoomBack();
    }
    sayOnce(
      this.#gone(code) ?? 'rows',
      `cannot write ${memory}: ${inWords(code)}. Nothing stops; the newest samples wait in memory until this ends.`,
      TOLD_AGAIN_MS,
    );
  }

  /** A folder that was removed takes all its files with it: that is one trouble, and told once. */
  #gone(code: string): string | null {
    return code === 'removed' && !existsSync(dirname(this.options.target.files.memory)) ? 'gone' : null;
  }

  #rowsLost({ code, sinceMs }: RowTrouble, rows: number): void {
    const { memory } = this.options.target.files;
    const fate = `not written to its end: the last ${rows} samples are lost`;
    this.events.add('gap', `${basename(memory)} was ${fate} (${inWords(code)})`, sinceMs);
    say(`tidemark: ${memory} was ${fate}`);
  }

  #rowsRecover({ code, sinceMs, kept, lost, missing }: RowRecovery): void {
    const { memory } = this.options.target.files;
    const gone = missing === 0 ? '' : `; ${formatBytes(missing)} written before had not reached the disk`;
    const fate = `${kept} samples waited in memory, ${lost === 0 ? 'none' : lost} were lost${gone}`;
    const file = basename(memory);
    const what = code === 'removed' ? `${file} was removed and begun anew` : `${file} could not be written`;
    this.events.add('gap', `${what} (${inWords(code)}, ${formatDuration(Date.now() - sinceMs)}): ${fate}`, sinceMs);
    sayOnce('rows again', `${memory} is written again; ${fate}.`, TOLD_AGAIN_MS);
  }
}
