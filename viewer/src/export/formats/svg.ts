import type { ExportFormat } from './format.js';

export const svg: ExportFormat = {
  suffix: '.svg',
  what: 'drawing',
  drawn: true,
  scaled: false,
  write: async (model, options) => new TextEncoder().encode((await import('../draw-svg.js')).drawSvg(model, options)),
};
