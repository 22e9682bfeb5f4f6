// What bytes say of a JSON line is what its text says, however it is written.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bothWays } from './fixtures-both-ways.js';

const TIME = Date.UTC(2024, 10, 20, 10, 0, 0, 111);
const stamp = (at: number): string => new Date(TIME + at * 997).toISOString();

test.each([
  [
    'zap',
    (at: number) => `{"level":"info","ts":${(TIME + at * 997) / 1000},"caller":"a.go:7","msg":"request ${at}"}`,
    600,
  ],
  ['zap with text', (at: number) => `{"level":"warn","ts":"${stamp(at)}","msg":"request ${at}","err":null}`, 0],
  [
    'pino',
    (at: number) => `{"level":30,"time":${TIME + at * 997},"pid":7,"req":{"url":"/a","headers":{"a":"b"}},"msg":"é"}`,
    0,
  ],
  ['winston', (at: number) => `{"level":"error","message":"a \\"quoted\\" ${at}","timestamp":"${stamp(at)}"}`, 0],
  [
    'ECS',
    (at: number) => `{"@timestamp":"${stamp(at)}", "log": {"level": "INFO"}, "tags": ["a", {"level": "debug"}]}`,
    0,
  ],
  ['bunyan', (at: number) => `{"name":"a","hostname":"h","pid":1,"level":50,"msg":"","time":"${stamp(at)}","v":0}`, 0],
])('lines of %s are read without making text of them', (_, print, most) => {
  const lines = Array.from({ length: 500 }, (_, at) => print(at));
  const { slow, fast, asText } = bothWays(lines);
  expect(slow.every(({ time }) => !Number.isNaN(time))).toBe(true);
  expect(fast).toEqual(slow);
  expect(asText).toBeLessThanOrEqual(most);
});

const key = fc.constantFrom(
  'time',
  'ts',
  'level',
  'Level',
  'severity',
  'log',
  'log.level',
  'lvl',
  'msg',
  'pri-ority',
  'a_b',
  'é',
  'a\\n',
  's',
  '@l',
);
const value = fc.oneof(
  fc.constantFrom(
    '"info"',
    '"Warn"',
    '"E"',
    '30',
    '7',
    '3',
    'null',
    'true',
    '""',
    '"x"',
    '"a\\tb"',
    '"level"',
    '"é"',
    '-1.5',
    '1e9',
    '{}',
    '[]',
  ),
  fc.constantFrom(
    '"2024-11-20T10:00:00Z"',
    '"2024-11-20T10:00:00.5Z"',
    '"2024-11-20 10:00:00,123"',
    '"2024-13-20T10:00:00Z"',
    '"05/06/2024 10:00:00"',
    '"20/11/2024 10:00:00"',
  ),
  fc.constantFrom(
    '1732096800',
    '1732096800.25',
    '1732096800123',
    '1732096800123456',
    '99999999999999',
    '173209680',
    '"1732096800"',
  ),
);
const { object } = fc.letrec<{ object: string; any: string }>((tie) => ({
  object: fc
    .array(fc.tuple(key, tie('any'), fc.constantFrom('', ' ', '  ')), { maxLength: 5 })
    .map((fields) => `{${fields.map(([name, of, gap]) => `"${name}":${gap}${of}`).join(',')}}`),
  any: fc.oneof(
    { weight: 6, arbitrary: value },
    tie('object'),
    fc.array(tie('any'), { maxLength: 2 }).map((all) => `[${all.join(',')}]`),
  ),
}));

test('any JSON line says from bytes what it says as text', () => {
  const usual = fc.nat(1000).map((at) => `{"time":"${stamp(at)}","level":"info","msg":"${at}"}`);
  const dated = fc
    .tuple(object, fc.nat(1000))
    .map(([rest, at]) => `{"time":"${stamp(at)}"${rest === '{}' ? '' : ','}${rest.slice(1)}`);
  const cut = fc.tuple(dated, fc.nat(200)).map(([line, at]) => line.slice(0, at));
  const changed = fc
    .tuple(
      dated,
      fc.nat(),
      fc.constantFrom('"', '{', '}', ',', ':', '\\', ' ', '\t', '\r', '\x1b[0m', '\0', '\ufeff', '7'),
    )
    .map(([line, at, char]) => line.slice(0, at % line.length) + char + line.slice((at % line.length) + 1));
  const line = fc.oneof({ weight: 4, arbitrary: usual }, { weight: 4, arbitrary: dated }, object, cut, changed);
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
      const all = [...Array.from({ length: 40 }, (_, at) => `{"time":"${stamp(at)}","level":"info"}`), ...lines];
      const { slow, fast } = bothWays([...all, '{"level"\t:"warn","time":"2024-11-20T10:00:00Z"}']);
      expect(fast).toEqual(slow);
    }),
    { numRuns: 1500 },
  );
});
