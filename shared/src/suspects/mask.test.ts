import { describe, expect, test } from 'vitest';
import { mask } from './mask.js';
import { messageText, shownTemplate } from './message-text.js';
import { fingerprint, noPieces, rendered } from './pieces.js';

const templateOf = (line: string): string => {
  const pieces = noPieces();
  const bytes = new TextEncoder().encode(messageText(line));
  mask(bytes, 0, bytes.length, pieces);
  return shownTemplate(rendered(bytes, pieces));
};

describe('what varies becomes a wildcard', () => {
  test.each([
    ['a number', 'took 17 tries', 'took <*> tries'],
    ['a negative number', 'balance -3.5 left', 'balance <*> left'],
    ['a duration', 'closed after 1m30s', 'closed after <*>'],
    ['a size', 'read 12.5MiB of text', 'read <*> of text'],
    ['a share', 'compressing: 45% (3/7)', 'compressing: <*> (<*>)'],
    ['a hash', 'commit 3df8ee1f stored', 'commit <*> stored'],
    ['a uuid', 'session 123e4567-e89b-12d3-a456-426614174000 opened', 'session <*> opened'],
    ['an address', 'peer 10.0.17.3:8080 joined', 'peer <*> joined'],
    ['a path', 'reading /etc/acme/app.toml again', 'reading <*> again'],
    ['a path that is relative', 'check: utils/http-status.ts', 'check: <*>'],
    ['a quoted text', 'user "Ann Lee" signed in', 'user <*> signed in'],
    ['a list of any length', 'sizes [1, 2, 3] kept', 'sizes [<*>] kept'],
    ['the number in a name', 'starting worker-12', 'starting worker-<*>'],
    ['the number in a route', '"GET /item/474?page=2 HTTP/1.1" 200 12', 'GET /item/<*>?page=<*> <*> <*> <*>'],
    ['an id in a route', '"POST /upload/cfd6 HTTP/1.1"', 'POST /upload/<*> <*>'],
    [
      'an address, a stamp and an agent around a request',
      '10.0.0.7 - - [20/Nov/2026:17:14:31 +0000] "GET /cart HTTP/1.1" 200 12 "-" "curl/8.5.0"',
      'GET /cart <*>',
    ],
  ])('%s', (_, line, template) => {
    expect(templateOf(line)).toBe(template);
  });
});

describe('what a statement always says stays', () => {
  test.each([
    ["don't panic, it is I/O", "don't panic, it is I/O"],
    ['step and/or stage', 'step and/or stage'],
    ['com.acme.orders.Main - ready', 'com.acme.orders.Main - ready'],
    ['количество записей готово', 'количество записей готово'],
    ['GET /search?q=9', 'GET /search?q=<*>'],
  ])('%s', (line, template) => {
    expect(templateOf(line)).toBe(template);
  });
});

describe('stamps and levels in front are not shown', () => {
  test.each([
    '2026-11-20 17:14:31,957 INFO    loading rows 5',
    '2026-11-20T17:14:31.957Z loading rows 5',
    '[2026-11-20 17:14:31] [INFO] loading rows 5',
    'Nov 20 17:14:31 loading rows 5',
    '1795195535.794 DEBUG loading rows 5',
    '17:14:31.957 | INFO  | loading rows 5',
  ])('%s', (line) => {
    expect(templateOf(line)).toBe('loading rows <*>');
  });
});

test('of a JSON line the message and its own fields count, not what every line carries', () => {
  expect(
    templateOf('{"ts":"2026-11-20T17:27:07Z","level":"info","pid":7,"msg":"stage begin","stage":"load","rows":5}'),
  ).toBe('stage begin stage=load rows=<*>');
});

test('equal templates have equal fingerprints, and others do not', () => {
  const print = (line: string): number => {
    const pieces = noPieces();
    const bytes = new TextEncoder().encode(line);
    mask(bytes, 0, bytes.length, pieces);
    return fingerprint(bytes, pieces);
  };
  expect(print('took 17 tries')).toBe(print('took 4 tries'));
  expect(print('took 17 tries')).not.toBe(print('took 17 turns'));
  expect(print('a  b')).toBe(print('a b'));
  expect(print('ab c')).not.toBe(print('a bc'));
});
