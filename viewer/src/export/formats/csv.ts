import { shownCsv } from '@tidemark/shared/chart/shown-csv.js';
import type { ExportFormat } from './format.js';

export const csv: ExportFormat = {
  suffix: '.csv',
  what: 'what is shown',
  drawn: false,
  scaled: false,
  write: async (model) => new TextEncoder().encode(shownCsv(model)),
};
