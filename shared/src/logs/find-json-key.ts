// The key under which the JSON lines of a sample keep their instant.
import { emptyStamp } from '../timestamps/format.js';
import { keyName, TIME_KEYS } from './json-keys.js';
import { scanJson } from './json-scan.js';
import { jsonStart, readWhole } from './layout.js';

/** The key that most of them have, and the lines with it; null when no key is known to hold an instant. */
export function findJsonKey(lines: readonly string[]): { key: string; lines: number[] } | null {
  const seen = new Map<string, { rank: number; lines: number[] }>();
  const stamp = emptyStamp();
  const ranks = new Map(TIME_KEYS.map((key, rank) => [keyName(key), rank]));
  lines.forEach((line, index) => {
    const start = jsonStart(line);
    if (start < 0) return;
    const here: { path: string; rank: number }[] = [];
    const end = scanJson(line, start, ({ path, value, kind }) => {
      const rank = ranks.get(keyName(path));
      if (rank !== undefined && readWhole(value, kind, stamp)) here.push({ path, rank });
      return true;
    });
    if (end < 0) return;
    for (const { path, rank } of here) {
      const entry = seen.get(path) ?? { rank, lines: [] };
      if (entry.lines.at(-1) !== index) entry.lines.push(index);
      seen.set(path, entry);
    }
  });
  const most = Math.max(0, ...[...seen.values()].map((entry) => entry.lines.length));
  const best = [...seen]
    .filter(([, entry]) => entry.lines.length >= 0.7 * most)
    .sort(([, a], [, b]) => a.rank - b.rank)[0];
  return best ? { key: best[0], lines: best[1].lines } : null;
}
