import type { PhaseKind } from '../phase.js';

/** A piece of the run in the run's own measure. */
export interface Shape {
  /** Change over the run's range: -1..1 and somewhat beyond. */
  readonly r: number;
  /** How steep: |r| over the piece's share of the run's length. 1 is a line from one corner of the graph to the other. */
  readonly s: number;
  /** Nearly all of the change is one fast step between two levels. */
  readonly stepped?: boolean;
}

/** Names a piece; rules are asked in the order of rules/index.ts. */
export interface PhaseRule {
  readonly kind: PhaseKind;
  matches(shape: Shape): boolean;
}

/** A change under this share of the range is level. */
export const LEVEL_SHARE = 0.03;
/** From this steepness on a change is fast: three times the graph's diagonal. */
export const FAST_STEEPNESS = 3;
