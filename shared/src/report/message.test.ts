import { expect, test } from 'vitest';
import { messageOf } from './message.js';

test.each([
  ['2026-11-20 17:02:28,054 INFO    pipeline: loading data set', 'pipeline: loading data set'],
  ['2026-11-20T17:02:28.054Z WARN cache is full', 'cache is full'],
  ['[2026-11-20 17:29:06] [INFO] run 51 starts', 'run 51 starts'],
  ['17:14:31.957 done', 'done'],
  ['I1120 17:14:31.957000  4411 main.cc:12] opened', 'opened'],
  ['Nov 20 17:14:31 host app[7]: opened', 'host app[7]: opened'],
  ['1795194148.598 error: out of space', 'out of space'],
  ['INFO:root:started', 'root:started'],
  ['{"time":"2026-11-20T17:02:28Z","level":"info","msg":"loading"}', 'loading'],
  ['{"msg":"stage begin","stage":"load","level":"info","pid":7}', 'stage begin stage=load'],
  ['127.0.0.1 - - [20/Nov/2026:17:58:04 +0000] "GET /search?q=a HTTP/1.1" 200 512', 'GET /search?q=a 200'],
  ['{"level":"info"}', '{"level":"info"}'],
  ['{not json', '{not json'],
  ['no stamp at all', 'no stamp at all'],
  ['2026-11-20 17:02:28', '2026-11-20 17:02:28'],
])('%s says: %s', (line, message) => {
  expect(messageOf(line)).toBe(message);
});
