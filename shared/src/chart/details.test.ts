import { expect, test } from 'vitest';
import { NO_ANNOTATIONS } from '../recording/annotations.js';
import { csvFile } from '../series/fixtures-csv.js';
import { OpenSession } from '../view/open-session.js';
import { defaultModel } from './default-view.js';
import { findDetails } from './details.js';
import { wholeTimeAxis } from './time-axis.js';

test.each(['wall', 'elapsed'] as const)('phases are called by what the log said, on the %s clock', async (clock) => {
  const at = (s: number): string => new Date(Date.UTC(2026, 10, 20, 16, 35, 0) + s * 1000).toISOString();
  const mib = (s: number): number => (s < 20 ? 100 : 400);
  const rows = Array.from({ length: 60 }, (_, s) => `${at(s)},${mib(s) * 2 ** 20}\n`);
  const session = new OpenSession({ pause: async () => {}, later: () => {} });
  const { id } = await session.addRecording({
    name: 'run',
    memory: csvFile(`time,job_rss_bytes\n${rows.join('')}`),
    info: null,
    events: null,
    notes: { writable: false, read: async () => NO_ANNOTATIONS, write: async () => {} },
    remarks: () => [],
    isWritten: () => false,
  });
  const lines = [0, 10, 19, 30].map((s) => `${at(s)} INFO at ${s}\n`).join('');
  session.addLog({ name: 'job.log', source: csvFile(lines, 'job.log'), recording: id, options: {} });
  await session.loaded();
  const source = {
    session: async () => session.current(),
    window: session.window.bind(session),
    figures: session.figures.bind(session),
    phases: session.phases.bind(session),
    marks: session.marks.bind(session),
    lines: session.lines.bind(session),
    lineAt: session.lineAt.bind(session),
    annotations: session.annotations.bind(session),
  };
  const time = wholeTimeAxis(session.current().recordings, clock, 'UTC');
  const model = await defaultModel(source, { time, pixels: 400 });
  const clockOf = () => ({ zone: null, shiftMs: 0 });
  const details = await findDetails(source, model, { atMs: null, log: null, clockOf });
  expect(details.phases.map(({ kind, from }) => [kind, from])).toEqual([
    ['plateau', 'at 0'],
    ['rise', 'at 19'],
    ['plateau', 'at 19'],
  ]);
  expect(details.log?.lines.find(({ about }) => about)?.line).toBe(3);
});
