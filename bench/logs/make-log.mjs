// Writes a log of about that many bytes: stamps in order, four levels, messages of one program. The same bytes every time.
import { closeSync, openSync, writeSync } from 'node:fs';

const LEVELS = ['INFO ', 'DEBUG', 'WARN ', 'ERROR'];

/** Returns the number of lines. */
export function makeLog(path, bytes) {
  const fd = openSync(path, 'w');
  let state = 1;
  let ms = Date.UTC(2026, 4, 20, 10);
  let written = 0;
  let lines = 0;
  let part = [];
  while (written < bytes) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    ms += state % 97;
    const share = (state >>> 8) % 100;
    const level = LEVELS[share < 70 ? 0 : share < 95 ? 1 : share < 99 ? 2 : 3];
    const line = `${new Date(ms).toISOString()} ${level} worker-${state % 16} request ${lines} served in ${state % 977} ms, ${share} rows from cache, path=/api/items/${state % 4096}\n`;
    part.push(line);
    written += line.length;
    lines += 1;
    if (part.length === 5000) {
      writeSync(fd, part.join(''));
      part = [];
    }
  }
  writeSync(fd, part.join(''));
  closeSync(fd);
  return lines;
}
