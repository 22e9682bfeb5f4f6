// A stretch of a recording in which memory did one kind of thing.

export const PHASE_KINDS = ['rise', 'climb', 'plateau', 'fall', 'drop'] as const;

/** rise: fast up; climb: slow up; plateau: level; fall: slow down; drop: fast down. Fast and slow are relative to the run. */
export type PhaseKind = (typeof PHASE_KINDS)[number];

export interface Phase {
  readonly kind: PhaseKind;
  readonly startMs: number;
  readonly endMs: number;
  readonly startBytes: number;
  readonly endBytes: number;
  /** endBytes - startBytes of the fitted line. */
  readonly deltaBytes: number;
  readonly slopeBytesPerS: number;
  /** Share of all growth (of the sum of positive deltas); 0 for a phase that does not grow. */
  readonly share: number;
}
