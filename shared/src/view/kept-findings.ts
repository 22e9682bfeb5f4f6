// Findings are worked out once and kept: a log of a million entries is read for them. One at a time, so that several pages and
// recordings do not do it side by side.
import { printedFigures } from '../log-series/printed.js';
import type { Findings, FindingsRequest } from './data-source.js';
import { findFindings } from './find-findings.js';
import type { OpenLog } from './open-log.js';
import type { OpenRecording } from './open-recording.js';
import type { Host, OpenedBeside } from './open-session.js';

/** Of a recording that grows they are worked out again no sooner than this. Unit: ms. */
export const FINDINGS_LAST_MS = 10_000;

interface Kept {
  /** What was asked. */
  readonly asked: string;
  /** What there was to look at. */
  readonly data: string;
  readonly found: Promise<Findings>;
  young: boolean;
}

export class KeptFindings {
  /** By recording. */
  #kept = new Map<string, Kept>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(readonly host: Pick<Host, 'pause' | 'later' | 'findFindings'>) {}

  of(
    recording: OpenRecording,
    logs: readonly OpenLog[],
    { column, clocks }: FindingsRequest,
    signal?: AbortSignal,
  ): Promise<Findings> {
    const { series } = recording;
    if (series === null)
      return Promise.resolve({ column, spikes: [], phases: [], suspects: [], leak: null, gap: null, run: null });
    const beside = logs.map(({ id, store, file, series: figures }): OpenedBeside => {
      const clock = clocks[id] ?? { zone: null, shiftMs: 0 };
      const printed = printedFigures([figures], [clock]).map((figure) => ({ ...figure, log: id }));
      return { id, store, file, clock, printed };
    });
    const asked = JSON.stringify([column, beside.map(({ id, clock }) => [id, clock.zone, clock.shiftMs])]);
    const data = JSON.stringify([
      series.rows,
      series.endMs,
      logs.map((log) => [log.store.facts().lines, log.series.readings]),
    ]);
    const known = this.#kept.get(recording.id);
    if (known?.asked === asked && (known.data === data || (known.young && recording.view().live))) return known.found;

    const { info } = recording;
    const look = () =>
      this.host.findFindings?.(series, column, info, beside, signal) ??
      findFindings(series, column, info, beside, this.host.pause, signal);
    const found = this.#turn.then(look, look);
    const kept: Kept = { asked, data, found, young: true };
    this.#kept.set(recording.id, kept);
    this.#turn = found.catch(() => {
      // What failed is tried again when it is asked for again.
      if (this.#kept.get(recording.id) === kept) this.#kept.delete(recording.id);
    });
    this.host.later(() => {
      kept.young = false;
    }, FINDINGS_LAST_MS);
    return found;
  }
}
