import { expect, test } from 'vitest';
import { textFile } from './fixtures-text.js';
import { IndexedLog } from './indexed-log.js';

const START = Date.UTC(2026, 4, 20, 10);
const clock = { zone: null, shiftMs: 0 };
const text = Array.from(
  { length: 20_000 },
  (_, at) => `${new Date(START + at * 100).toISOString()} ${at % 9 === 0 ? 'ERROR' : 'INFO'} entry ${at}\n  more\n`,
).join('');

/** Asks for the end while the log is being read. */
async function whileReading(file: string, kind: 'file' | 'captured' = 'file') {
  let asked: unknown;
  const log: IndexedLog = new IndexedLog(textFile(file), {
    kind,
    pause: async () => {
      asked ??= await log.lines({ clock, lines: { last: 30 } });
    },
  });
  await log.index();
  return { asked, whole: await log.lines({ clock, lines: { last: 30 } }), facts: log.facts() };
}

test.each([
  ['a file', text, 'file'],
  ['output', text.replace(/^/gm, '2026-05-20T10:00:00.000Z stdout F ').slice(0, -34), 'captured'],
] as const)('the end of %s is there before it is read, numbered from the end', async (_what, file, kind) => {
  const { asked, whole, facts } = await whileReading(file, kind);
  expect(whole.map(({ line }) => line)).toEqual(Array.from({ length: 30 }, (_, at) => facts.lines - 29 + at));
  expect(asked).toEqual(whole.map((line, at) => ({ ...line, line: at - 30 })));
});

test('a time that hangs on lines before is not guessed', async () => {
  const { asked } = await whileReading(text.replaceAll(/2026-(\d\d)-(\d\d)T([\d:]{8})\.\d+Z/g, 'May 20 $3 host app:'));
  expect(asked).toHaveLength(30);
  expect((asked as { timeMs: number | null }[]).every(({ timeMs }) => timeMs === null)).toBe(true);
});
