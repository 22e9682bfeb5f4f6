import type { ExportFormat } from './format.js';

export const png: ExportFormat = {
  suffix: '.png',
  what: 'picture',
  drawn: true,
  scaled: true,
  // Loaded when there is something to draw: it is large.
  write: async (model, options) => (await import('../draw-png.js')).drawPng(model, options),
};
