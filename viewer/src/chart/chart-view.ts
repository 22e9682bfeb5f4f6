// What the graph on a canvas is given, and what can be asked of it: what the page and the export know of a chart.
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import type { Cursor } from './cursor.js';
import type { EventHit, MarkHit, NoteGrip, NoteHit } from './hits.js';
import type { Layout, Rect } from './layout.js';
import type { Theme } from './palette.js';

/** A canvas of the page, an OffscreenCanvas, or (cast) one of @napi-rs/canvas. */
export type DrawingCanvas = HTMLCanvasElement | OffscreenCanvas;

export interface ChartOptions {
  readonly theme: Theme;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels for each CSS pixel. */
  readonly dpr: number;
  /** Size of ordinary text in CSS pixels; 12 unless given. Everything else grows with it. */
  readonly textPx?: number;
  /** Kept free inside the canvas, for a picture's title and footer. */
  readonly margin?: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
}

export interface ChartView {
  /** Draws this model. Another view of the same lines costs the drawing alone. */
  setModel(model: ChartModel): void;
  /** Any of them; draws anew. */
  setOptions(options: Partial<ChartOptions>): void;
  /** Draws the same again (after a font was loaded). */
  draw(): void;
  /** Draws crosshair and selection on a canvas of their own that lies over this one; clears it first. Null: nothing. */
  drawCursor(overlay: DrawingCanvas, cursor: Cursor | null): void;
  /** Where the plot is, in CSS pixels of the canvas: from the first panel's top to the last one's foot. */
  plotArea(): Rect;
  /** Where everything is, of the panel at that height (the first one without it); the page puts its own things (notes' fields, phases' tooltips) beside it. */
  layout(y?: number): Layout;
  /** An x inside the canvas to an instant of the model's time axis, and back. Both work outside the plot too. */
  timeAt(x: number): number;
  xOf(timeMs: number): number;
  valueAt(y: number, axis?: 'left' | 'right'): number;
  yOf(value: number, axis?: 'left' | 'right'): number;
  /** The log whose lane is at that height, of whichever panel; null beside them, and on a lane that several logs share. */
  laneAt(y: number): string | null;
  /** What is at a point of the canvas; null when nothing is. */
  markAt(x: number, y: number): MarkHit | null;
  noteAt(x: number, y: number): NoteHit | null;
  /** What a drag that begins here takes hold of. */
  noteGripAt(x: number, y: number): NoteGrip | null;
  eventAt(x: number, y: number): EventHit | null;
  phaseAt(x: number, y: number): ChartModel['phases'][number] | null;
  /** Lets go of the canvas and clears it. */
  destroy(): void;
  /** Lets go of the canvas and leaves on it what was drawn. */
  release(): void;
}
