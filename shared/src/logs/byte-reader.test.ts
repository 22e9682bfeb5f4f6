// What bytes say is what the regular expressions say, for every format and whatever stands before and behind the stamp.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../timestamps/formats/index.js';
import { LEVELS } from './entry.js';
import { bothWays } from './fixtures-both-ways.js';
import { printEntry } from './fixtures-text.js';
import { findLevel, NO_HABITS } from './level.js';
import { levelInBytes, NO_LEVEL, UNSURE } from './level-bytes.js';
import { LEVEL_WORDS } from './level-words.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const TAILS = [
  'INFO ready',
  'WARN  [main] ready',
  '- app.core - ERROR - ready',
  '[main] DEBUG o.e.App - level=warn ready',
  '[error] 7#7: ready',
  'host app[811]: error: no',
  'PM ready',
  'a.m. ready',
  'UTC ready',
  'CEST ready',
  'EST 2024 ready',
  '+0200 ready',
  '-07:00 ready',
  '- -',
  '-5',
  '2024 ready',
  '20241120',
  'level=error ready',
  '"msg": "level": "warn"',
  'INFO foo:warn]',
  '[INFO foo:warn]',
  '(WW) ready',
  'log of the failure (error) was: none',
  'INFO.ERROR: x',
  'INFO= x',
  'INFO =x',
  'INFO-x',
  'Success. Nothing',
  'x \x1b[31mERROR\x1b[0m y',
  '\x1b[31mERROR\x1b[0m y',
  'é ERROR',
  '\0ERROR',
  'one\rtwo',
  '',
  ' ',
  ':1',
  '.5 x',
  ',7',
];

describe.each(FORMATS.map((format) => [format.id, format] as const))('%s from bytes', (_id, format) => {
  test('says what the text says, whatever digits change and whatever follows', () => {
    const line = fc
      .tuple(
        fc.constantFrom(...format.examples.map((example) => example.line)),
        fc.array(fc.tuple(fc.nat(200), fc.nat(9)), { maxLength: 2 }),
        fc.constantFrom(' ', ' ', ' ', '', ': ', ', ', '] ', '\t', ' | ', '  '),
        fc.option(fc.constantFrom(...TAILS)),
      )
      .map(([text, changes, gap, tail]) => {
        const chars = [...text];
        const digits = chars.flatMap((char, at) => (/\d/.test(char) ? [at] : []));
        for (const [at, digit] of changes) chars[digits[at % digits.length]!] = String(digit);
        const changed = chars.join('');
        return tail === null ? changed : changed.replace(/ ?ready.*$/, '') + gap + tail;
      });
    fc.assert(
      fc.property(fc.array(line, { minLength: 3, maxLength: 30 }), fc.boolean(), (lines, crlf) => {
        const whole = [...format.examples.map((example) => example.line), ...lines, ...lines];
        const { slow, fast } = bothWays(crlf ? whole.map((text) => `${text}\r`) : whole);
        expect(fast).toEqual(slow);
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  ['%FT%T.%3Z {L} {msg}', 6],
  ['%F %T,%3 {L5} {msg}', 6],
  ['%F %T,%3 - app - {L} - {msg}', 8],
  ['%F %T.%3 [main] {L5} o.e.App - {msg}', 8],
  ['{L} %F %T {msg}', 12],
  ['%b %e %T host app[811]: {msg}', 8],
  ['{c}%m%d %T.%6    8666 main.go:127] {msg}', 100],
  ['[%F %T] {L}: {msg}', 6],
  ['%s.%3 {L} {msg}', 6],
  ['10.0.0.7 - - [%d/%b/%Y:%T +0100] "GET / HTTP/1.1" 200 5', 6],
  ['%d/%b/%Y %-I:%M:%S.%3 %p {L} {msg}', 12],
  ['time="%FT%TZ" level={l} msg=ready', 12],
  ['time=%FT%T.%3Z level={l} msg="{msg}"', 12],
  ['ts=%FT%T.%3Z caller=main.go:7 severity = "{Ll}" msg="{msg}"', 12],
])('lines printed as %s are read without making text of them', (template, most) => {
  const lines = Array.from({ length: 500 }, (_, at) =>
    printEntry(template, {
      ms: Date.UTC(2024, 10, 20, 10, 0, 0, 111) + at * 997,
      level: LEVELS[at % LEVELS.length]!,
      text: `request ${at} took ${at % 7} ms`,
    }),
  );
  const { slow, fast, asText } = bothWays(lines);
  expect(fast).toEqual(slow);
  expect(asText).toBeLessThanOrEqual(most);
});

test('lines of a log without stamps are read without making text of them, where it shows nothing else', () => {
  const plain = Array.from({ length: 300 }, (_, at) => `loaded ${at} of 300 [${LEVELS[at % 6]!}] parts`);
  const { slow, fast, asText } = bothWays(plain);
  expect(fast).toEqual(slow);
  expect(asText).toBe(0);
  const odd = [
    'Traceback (most recent call last):',
    '  File "a.py"',
    'ValueError: 7',
    '',
    ' ',
    '\t',
    'Total',
    '\r',
    'a\rb',
    '\x1b[31mERROR\x1b[0m',
    'é',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...odd, ...plain.slice(0, 12), ...TAILS), { minLength: 1 }), (lines) => {
      const both = bothWays(lines);
      expect(both.fast).toEqual(both.slow);
    }),
  );
});

test('the level found in bytes is the one found in text, or left to it', () => {
  const word = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...LEVEL_WORDS) },
    fc.constantFrom(
      'app',
      'main',
      'x',
      'foo.Bar',
      'level',
      'lvl',
      'LogLevel',
      'log.level',
      'levelname',
      'time',
      'severity',
      '42',
      'name',
      'é',
      'WW',
    ),
  );
  const form = fc.constantFrom(
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) => text.charAt(0).toUpperCase() + text.slice(1),
  );
  const gap = fc.constantFrom(
    ' ',
    ' ',
    '  ',
    '[',
    '] ',
    ': ',
    ':',
    '=',
    ' = ',
    '|',
    ' | ',
    '(',
    ') ',
    '.',
    '/',
    '-',
    ' - ',
    '"',
    ',',
    '2',
    '\t',
    '_',
    '<',
    '>',
    '\u00a0',
  );
  const text = fc
    .array(fc.tuple(gap, word, form), { maxLength: 12 })
    .map((parts) => parts.map(([before, name, write]) => before + write(name)).join(''));
  let sure = 0;
  fc.assert(
    fc.property(text, fc.boolean(), fc.boolean(), fc.nat(3), (after, firstWord, long, end) => {
      const whole = `${long ? `${' word'.repeat(24)}` : ''}${after}${['', ']', ' ', ':'][end]}`;
      const bytes = encode(whole);
      const level = levelInBytes(bytes, 0, bytes.length, false, NO_LEVEL);
      if (level === UNSURE) return;
      sure += 1;
      expect([whole, LEVELS[level] ?? null]).toEqual([whole, findLevel('', whole, null, { ...NO_HABITS, firstWord })]);
    }),
    { numRuns: 4000 },
  );
  expect(sure).toBeGreaterThan(400);
});
