// A level's shape and colour, the same as on the graph: dot, tick, triangle, diamond, cross. The shape is the second cue.
import type { Level } from '@tidemark/shared/logs/entry.js';
import { inEither } from '../state/theme.js';

const SHAPES: Readonly<Record<Level | 'none', string>> = {
  trace: 'M6 4.4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2z',
  debug: 'M6 4.4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2z',
  none: 'M5.2 2.5h1.6v7H5.2z',
  info: 'M5.2 2.5h1.6v7H5.2z',
  warn: 'M6 1.6 11 10.4H1z',
  error: 'M6 .8 11.2 6 6 11.2.8 6z',
  fatal: 'm3 1.4 3 3 3-3L10.6 3l-3 3 3 3L9 10.6l-3-3-3 3L1.4 9l3-3-3-3z',
};

export function LevelGlyph({ level }: { level: Level | null }) {
  const name = level ?? 'none';
  return (
    <svg class="level-glyph" viewBox="0 0 12 12" aria-hidden="true">
      <path d={SHAPES[name]} style={{ fill: inEither(({ levels }) => levels[name]) }} />
    </svg>
  );
}
