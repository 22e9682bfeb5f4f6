// What a file that a command writes is, by its suffix.
import { extname } from 'node:path';
import { UsageError } from '@tidemark/shared/errors.js';

export type TextFormat = 'text' | 'json' | 'markdown';
export const TEXT_FORMATS: readonly TextFormat[] = ['markdown', 'text', 'json'];

export type OutputFormat = TextFormat | 'png' | 'svg' | 'csv' | 'html';

const SUFFIXES: Readonly<Record<OutputFormat, string>> = {
  markdown: '.md',
  text: '.txt',
  json: '.json',
  png: '.png',
  svg: '.svg',
  csv: '.csv',
  html: '.html',
};

/** Throws UsageError for a suffix that stands for none of `formats`. */
export function formatFor<F extends OutputFormat>(output: string, command: string, formats: readonly F[]): F {
  const suffix = extname(output).toLowerCase();
  const found = formats.find((format) => SUFFIXES[format] === suffix);
  if (found !== undefined) return found;
  const known = formats.map((format) => SUFFIXES[format]).join(', ');
  const what = suffix === '' ? `${output} has no suffix` : `${suffix} cannot be made here`;
  throw new UsageError(`${what}: ${command} writes ${known}.`, `Example: -o memory${SUFFIXES[formats[0]!]}`);
}
