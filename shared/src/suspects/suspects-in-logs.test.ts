import { expect, test } from 'vitest';
import { textFile } from '../logs/fixtures-text.js';
import { openLog } from '../logs/store.js';
import { drawn } from '../phases/drawn.js';
import { suspectsInLogs } from './suspects-in-logs.js';
import { Timeline } from './timeline.js';

const stamp = (ms: number): string => new Date(ms).toISOString();

async function logOf(lines: readonly string[], name = 'app.log') {
  const log = openLog(textFile(`${lines.join('\n')}\n`, name));
  await log.index();
  return log;
}

test('names the statement, and a line to jump to', async () => {
  const { times, values } = drawn('s 1000000 1000010 1000011 1000040\nMiB 100 100 400 400');
  const at = (s: number): string => stamp(1_000_000_000 + s * 1000);
  const log = await logOf([
    `${at(1)} INFO started`,
    `${at(5)} INFO reading table 7`,
    `${at(9.9)} INFO reading table 8`,
    '  with a second line',
    `${at(12)} INFO ready`,
  ]);
  const [first, ...others] = await suspectsInLogs([log], [], { times, values });
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    template: 'reading table <*>',
    count: 2,
    bytes: 300 * 2 ** 20,
    bytesPerEntry: 150 * 2 ** 20,
    example: { log: 'app.log', line: 3, timeMs: 1_000_009_900, text: `${at(9.9)} INFO reading table 8` },
  });
});

test('of two logs the one speaks that has the entry; one without dates is passed over', async () => {
  const { times, values } = drawn('s 1000000 1000010 1000011 1000040\nMiB 100 100 400 400');
  const at = (s: number): string => stamp(1_000_000_000 + s * 1000);
  const logs = [
    await logOf(['no date here'], 'notes.txt'),
    await logOf([`${at(2)} INFO listening`, `${at(30)} INFO closing`], 'web.log'),
    await logOf([`${at(9.8)} INFO loading model`, `${at(15)} INFO model loaded`], 'job.log'),
  ];
  const found = await suspectsInLogs(logs, [], { times, values });
  expect(found.map((s) => `${s.example.log}:${s.example.line} ${s.template}`)).toEqual(['job.log:1 loading model']);
});

test('stamps of whole seconds may be late by a second: the jump belongs to the entry of its second', async () => {
  const { times, values } = drawn('s 1000000 1000010.2 1000010.4 1000040\nMiB 100 100 400 400');
  const at = (s: number): string => stamp(1_000_000_000 + s * 1000).replace('.000Z', 'Z');
  const lines: string[] = [];
  for (let s = 0; s < 40; s += 1) {
    lines.push(`${at(s)} DEBUG alive`);
    if (s === 10) lines.push(`${at(s)} INFO parsing input`);
  }
  const found = await suspectsInLogs([await logOf(lines)], [], { times, values });
  expect(found.map((s) => s.template)).toEqual(['parsing input']);
});

test('a flood of entries is kept in bounded memory, and none is lost', () => {
  const timeline = new Timeline(0, 1_000_000);
  for (let at = 0; at < 500_000; at += 1) timeline.add(at * 2, at % 50, at + 1);
  const { counts, times } = timeline.events((id) => id);
  expect(counts.length).toBeLessThanOrEqual(400_000);
  expect(counts.reduce((a, b) => a + b, 0)).toBe(500_000);
  expect(times.every((time, at) => at === 0 || time >= times[at - 1]!)).toBe(true);
});

test('what was written before the run began may have set off its first growth', () => {
  const timeline = new Timeline(1000, 2000);
  timeline.add(10, 1, 1);
  timeline.add(500, 2, 2);
  timeline.add(1500, 3, 3);
  timeline.add(2500, 4, 4);
  const { times, templates } = timeline.events((id) => id);
  expect([...templates]).toEqual([2, 3]);
  expect([...times]).toEqual([1000, 1500]);
});
