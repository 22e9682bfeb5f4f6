import { csv } from './csv.js';
import type { ExportFormat } from './format.js';
import { png } from './png.js';
import { svg } from './svg.js';

export const EXPORT_FORMATS: readonly ExportFormat[] = [png, svg, csv];
