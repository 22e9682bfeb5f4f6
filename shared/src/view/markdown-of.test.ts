import { expect, test } from 'vitest';
import { NO_ANNOTATIONS } from '../recording/annotations.js';
import { csvFile } from '../series/fixtures-csv.js';
import { markdownOf } from './markdown-of.js';
import { OpenSession } from './open-session.js';

const at = (s: number): string => new Date(Date.UTC(2026, 10, 20, 16, 35, s)).toISOString();

async function opened(lines: string) {
  const rows = Array.from({ length: 20 }, (_, s) => `${at(s)},${(s < 5 ? 100 : 400) * 2 ** 20}\n`);
  const session = new OpenSession({ pause: async () => {}, later: () => {} });
  const recording = await session.addRecording({
    name: 'run',
    memory: csvFile(`time,job_rss_bytes\n${rows.join('')}`),
    info: null,
    events: null,
    notes: { writable: false, read: async () => NO_ANNOTATIONS, write: async () => {} },
    remarks: () => [],
    isWritten: () => false,
  });
  const source = csvFile(lines, 'job.log');
  const log = session.addLog({ name: 'job.log', source, recording: recording.id, options: {} });
  await session.loaded();
  return { recording, log };
}

test('what the program counted stands among the findings', async () => {
  const { recording, log } = await opened(`${at(1)} [MEMORY] a: Heap 50 MB\n${at(9)} [MEMORY] b: Heap 60 MB\n`);
  const text = await markdownOf(recording, [log], { column: null, picture: null, clocks: {} });
  expect(text).toContain('its own objects (Heap printed) while the system saw 400 MiB');
});

test('a log whose clock the person moved names phases by the clock that they gave it', async () => {
  const { recording, log } = await opened(`${at(4)} INFO loading\n${at(16)} INFO idle\n`);
  const named = async (shiftMs: number): Promise<string | undefined> => {
    const clocks = { [log.id]: { zone: null, shiftMs } };
    const text = await markdownOf(recording, [log], { column: null, picture: null, clocks });
    return /rise, \+300 MiB, .* from `(\w+)`/.exec(text)?.[1];
  };
  expect(await named(0)).toBe('loading');
  expect(await named(-12_000)).toBe('idle');
});
