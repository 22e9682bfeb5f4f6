// What a canvas context remembers from one call to the next, as far as the drawing code and Chart.js use it.

export interface SvgState {
  fillStyle: string | SvgGradient;
  strokeStyle: string | SvgGradient;
  lineWidth: number;
  lineCap: 'butt' | 'round' | 'square';
  lineJoin: 'bevel' | 'round' | 'miter';
  lineDashOffset: number;
  dash: readonly number[];
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  /** Scale and offset: nothing here turns or leans. */
  scaleX: number;
  scaleY: number;
  moveX: number;
  moveY: number;
  /** The id of the clip path that holds; null for none. */
  clipId: string | null;
}

export const INITIAL_STATE: SvgState = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  lineDashOffset: 0,
  dash: [],
  globalAlpha: 1,
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
  scaleX: 1,
  scaleY: 1,
  moveX: 0,
  moveY: 0,
  clipId: null,
};

/** What `createLinearGradient` gives: stands in the file once somebody paints with it. */
export class SvgGradient {
  readonly stops: { readonly offset: number; readonly colour: string }[] = [];
  constructor(
    readonly from: readonly [number, number],
    readonly to: readonly [number, number],
  ) {}
  addColorStop(offset: number, colour: string): void {
    this.stops.push({ offset, colour });
  }
}
