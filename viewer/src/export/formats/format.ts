// What a graph can be written as.
import type { ChartModel } from '@tidemark/shared/chart/model.js';
import type { PictureOptions } from '../../chart/picture.js';

export interface ExportFormat {
  /** With its dot, lower case: what the name of the file ends with. */
  readonly suffix: string;
  /** For people: "picture", "drawing". */
  readonly what: string;
  /** False where size, theme and details say nothing. */
  readonly drawn: boolean;
  /** Whether `scale` multiplies its pixels. */
  readonly scaled: boolean;
  write(model: ChartModel, options: PictureOptions): Promise<Uint8Array>;
}
