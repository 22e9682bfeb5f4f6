// Writes a log of N entries from sixty statements of one program, spread over a span: requests, jobs, retries, stack traces.
// The same bytes every time.
import { closeSync, openSync, writeSync } from 'node:fs';

const VERBS = [
  'loading',
  'merging',
  'flushing',
  'indexing',
  'compacting',
  'fetching',
  'sorting',
  'writing',
  'checking',
  'closing',
];
const THINGS = ['shard', 'batch', 'table', 'segment', 'session', 'snapshot'];
const NAMES = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel'];

/** `from` and `to` are epoch ms. About one entry in fifty has a stack trace of three lines. */
export function makeVariedLog(path, entries, from, to) {
  const fd = openSync(path, 'w');
  let state = 7;
  const below = (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  let part = [];
  for (let i = 0; i < entries; i++) {
    const at = new Date(from + Math.floor(((to - from) * (i + below(1000) / 1000)) / entries)).toISOString();
    const verb = VERBS[below(VERBS.length)];
    const thing = THINGS[below(THINGS.length)];
    const tail = [
      () => `took ${below(5000)} ms, ${below(1e6)} rows`,
      () => `from /data/${NAMES[below(NAMES.length)]}/${below(1e6)}.parquet`,
      () =>
        `id=${(below(2 ** 31) >>> 0).toString(16).padStart(8, '0')} user="${NAMES[below(NAMES.length)]}" retry=${below(3)}`,
    ][VERBS.indexOf(verb) % 3]();
    const level = below(100) < 97 ? 'INFO' : 'WARN';
    part.push(`${at} ${level} [worker-${below(16)}] ${verb} ${thing} ${below(4096)} ${tail}\n`);
    if (below(50) === 0)
      part.push('Traceback (most recent call last):\n  File "job.py", line 10, in step\nValueError: late\n');
    if (part.length >= 5000) {
      writeSync(fd, part.join(''));
      part = [];
    }
  }
  writeSync(fd, part.join(''));
  closeSync(fd);
}
