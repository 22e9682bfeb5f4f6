import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../bytes.js';
import { NO_ANNOTATIONS } from '../recording/annotations.js';
import type { Annotations } from '../recording/recording.js';
import type { LogFilter, Session } from './data-source.js';
import type { RecordingFiles } from './open-recording.js';
import { type Host, OpenSession } from './open-session.js';
import { UnknownIdError } from './unknown-id.js';

const START = Date.parse('2026-11-20T10:00:00.000Z');
const HOUR = 3_600_000;

/** Bytes that a test can change. */
function memory(name: string, first = ''): ByteSource & { text: string } {
  return {
    name,
    text: first,
    async size() {
      return Buffer.byteLength(this.text);
    },
    async read(from, to) {
      return Uint8Array.from(Buffer.from(this.text).subarray(from, to));
    },
  };
}

/** Time passes when the test says so. */
function slowHost(): Host & { pass: () => void } {
  let waiting: (() => void)[] = [];
  return {
    pause: () => Promise.resolve(),
    later: (work) => waiting.push(work),
    pass() {
      const now = waiting;
      waiting = [];
      for (const work of now) work();
    },
  };
}

function recording(memoryFile: ByteSource, more: Partial<RecordingFiles> = {}): RecordingFiles {
  let notes: Annotations = NO_ANNOTATIONS;
  return {
    name: 'a run',
    memory: memoryFile,
    info: null,
    events: null,
    notes: {
      writable: true,
      read: async () => notes,
      write: async (mine) => {
        notes = mine;
      },
    },
    remarks: () => [],
    isWritten: () => false,
    ...more,
  };
}

const row = (s: number, mib: number): string =>
  `${new Date(START + s * 1000).toISOString()},${s}.000,${mib * 2 ** 20}\n`;
const csv = (rows: string): string => `time,elapsed_s,job_rss_bytes\n${rows}`;
const info = (more: object = {}): string =>
  JSON.stringify({
    format: 1,
    started_at: '2026-11-20T10:00:00.000Z',
    ended_at: null,
    time_zone: 'Europe/Berlin',
    ...more,
  });
const everything: LogFilter = { text: '', regex: false, levels: null };
const clock = { zone: null, shiftMs: 0 };

async function open(files: RecordingFiles, log?: string): Promise<OpenSession> {
  const session = new OpenSession(slowHost());
  const { id } = await session.addRecording(files);
  if (log !== undefined)
    session.addLog({ name: 'app.log', source: memory('app.log', log), recording: id, options: {} });
  await session.loaded();
  return session;
}

describe('a recording and its log', () => {
  const steps = Array.from({ length: 60 }, (_, s) => row(s, s < 20 ? 100 : s < 22 ? 400 : 500)).join('');

  test('answer everything that a page asks', async () => {
    const session = await open(
      recording(memory('memory.csv', csv(steps))),
      '2026-11-20T10:00:20Z ERROR load <b>\n  more\n2026-11-20T10:00:40Z INFO done\n',
    );
    const { recordings, logs } = await session.session();
    expect(recordings).toMatchObject([
      { id: 'r1', rows: 60, progress: 1, startMs: START, endMs: START + 59_000, clock: 'wall' },
    ]);
    expect(logs).toMatchObject([{ id: 'l1', recording: 'r1', progress: 1, suggestedShiftMs: 0 }]);
    const span = { fromMs: START, toMs: START + 59_000, pixels: 800 };
    const window = await session.window({ recording: 'r1', columns: ['job_rss_bytes'], ...span });
    expect(window.extremes.job_rss_bytes).toMatchObject({ min: 100 * 2 ** 20, max: 500 * 2 ** 20 });
    expect((await session.phases('r1', 'job_rss_bytes')).length).toBeGreaterThan(1);
    expect(await session.phases('r1', 'no_such_column')).toEqual([]);
    const marks = await session.marks({ log: 'l1', clock, filter: everything, ...span });
    expect([...marks.lines]).toEqual([1, 3]);
    expect((await session.lines({ log: 'l1', clock, lines: [2] }))[0]).toMatchObject({ line: 2, continues: true });
    expect([...(await session.search({ log: 'l1', filter: { ...everything, text: 'load' } })).lines]).toEqual([1, 2]);
    expect(await session.lineAt('l1', clock, START + 30_000)).toBe(1);
    const notes: Annotations = { format: 1, notes: [{ id: 'n', start_ms: START, end_ms: null, text: 'x' }] };
    await session.saveAnnotations('r1', notes);
    expect(await session.annotations('r1')).toEqual(notes);
  });

  test('phases are found again when rows were added, and only then', async () => {
    const file = memory('memory.csv', csv(steps));
    const session = await open(recording(file));
    const first = await session.phases('r1', 'job_rss_bytes');
    expect(await session.phases('r1', 'job_rss_bytes')).toBe(first);
    file.text += row(60, 900);
    await session.refresh();
    expect(await session.phases('r1', 'job_rss_bytes')).not.toBe(first);
  });

  describe('findings', () => {
    const log = '2026-11-20T10:00:19Z INFO loading set 7\n2026-11-20T10:00:40Z INFO done\n';
    const wanted = { recording: 'r1', column: 'job_rss_bytes', clocks: {} };

    test('name the statement that growth coincides with, the lines it wrote, and the log by its id', async () => {
      const session = await open(recording(memory('memory.csv', csv(steps))), log);
      const found = await session.findings(wanted);
      expect(found).toMatchObject({
        column: 'job_rss_bytes',
        spikes: [],
        leak: { why: expect.any(String) },
        suspects: [
          {
            template: 'loading set <*>',
            count: 1,
            example: { log: 'l1', line: 1, timeMs: START + 19_000, level: 'info' },
            times: [START + 19_000],
            lines: [1],
          },
        ],
      });
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    });

    test('read a log by the clock that the page reads it by', async () => {
      const session = await open(recording(memory('memory.csv', csv(steps))), log.replaceAll('T10:', 'T11:'));
      expect((await session.findings(wanted)).suspects).toEqual([]);
      const shifted = { ...wanted, clocks: { l1: { zone: null, shiftMs: -HOUR }, l9: { zone: null, shiftMs: 1 } } };
      expect((await session.findings(shifted)).suspects).toMatchObject([{ times: [START + 19_000] }]);
    });

    test('are worked out again when the data changed, and only then', async () => {
      const file = memory('memory.csv', csv(steps));
      const session = await open(recording(file), log);
      const first = await session.findings(wanted);
      expect(await session.findings(wanted)).toBe(first);
      file.text += row(60, 900);
      await session.refresh();
      expect(await session.findings(wanted)).not.toBe(first);
    });

    test('of a growing recording are kept for a while', async () => {
      const host = slowHost();
      const session = new OpenSession(host);
      const file = memory('memory.csv', csv(steps));
      await session.addRecording(recording(file, { isWritten: () => true }));
      await session.loaded();
      host.pass();
      const first = await session.findings(wanted);
      file.text += row(60, 900);
      await session.refresh();
      expect(await session.findings(wanted)).toBe(first);
      host.pass();
      expect(await session.findings(wanted)).not.toBe(first);
    });

    test('of a column that is not there are none', async () => {
      const session = await open(recording(memory('memory.csv', csv(steps))), log);
      expect(await session.findings({ ...wanted, column: 'x' })).toMatchObject({ spikes: [], suspects: [] });
    });

    test('what failed is tried again', async () => {
      const session = await open(recording(memory('memory.csv', csv(steps))), log);
      session.close();
      await expect(session.findings(wanted)).rejects.toThrow();
      await expect(session.findings(wanted)).rejects.toThrow();
    });
  });

  test('a request for what is not open', async () => {
    const session = await open(recording(memory('memory.csv', csv(steps))));
    await expect(session.phases('r2', 'x')).rejects.toBeInstanceOf(UnknownIdError);
    await expect(session.lineAt('l1', clock, 0)).rejects.toThrow('No log with the id "l1" is open.');
  });

  test('a pattern that is not one yet', async () => {
    const session = await open(recording(memory('memory.csv', csv(steps))), 'x\n');
    const search = session.search({ log: 'l1', filter: { text: '[a', regex: true, levels: null } });
    await expect(search).rejects.toThrow(/\[a/);
  });
});

describe('the zone of a log that names none', () => {
  const log = '2026-11-20 11:00:00,000 INFO begin\n2026-11-20 11:00:09,000 INFO end\n';
  const samples = csv(row(0, 1) + row(10, 1));

  test('is that of the recording', async () => {
    const { logs } = (await open(recording(memory('m', samples), { info: memory('i', info()) }), log)).current();
    expect(logs[0]).toMatchObject({
      zoneMatters: true,
      suggestedShiftMs: 0,
      facts: { zone: 'Europe/Berlin', zoneOrigin: 'recording' },
    });
  });

  test('is assumed for a CSV from elsewhere, with the shift that makes them meet', async () => {
    const { logs } = (await open(recording(memory('m', samples)), log)).current();
    expect(logs[0]).toMatchObject({ suggestedShiftMs: -HOUR, facts: { zone: 'UTC', zoneOrigin: 'assumed' } });
  });

  test('does not matter for a log without a date', async () => {
    const { logs } = (await open(recording(memory('m', samples)), 'no stamp\nnone\n')).current();
    expect(logs[0]).toMatchObject({ suggestedShiftMs: null, facts: { dated: 0, lines: 2 } });
  });
});

describe('what is not as it should be', () => {
  test('a recording without samples yet is open, and says so until there are some', async () => {
    const file = memory('memory.csv');
    const session = await open(recording(file, { info: memory('i', info()), isWritten: () => true }));
    expect(session.current().recordings[0]).toMatchObject({
      rows: 0,
      startMs: START,
      live: true,
      remarks: ['No sample was written yet.'],
    });
    file.text = csv(row(0, 1));
    await session.refresh();
    expect(session.current().recordings[0]).toMatchObject({ rows: 1, remarks: [] });
  });

  test('one that ended without samples, and a file that is no CSV, are refused', async () => {
    const ended = memory('i', info({ ended_at: '2026-11-20T10:00:01.000Z' }));
    await expect(open(recording(memory('memory.csv'), { info: ended }))).rejects.toThrow(
      /memory\.csv: .*an empty file/,
    );
    await expect(open(recording(memory('x.csv', 'a,b\n1,2\n')))).rejects.toThrow(/x\.csv:1: expected a time column/);
  });

  test('a recording.json that is damaged costs itself', async () => {
    const session = await open(recording(memory('m', csv(row(0, 1))), { info: memory('recording.json', '{"for') }));
    expect(session.current().recordings[0]).toMatchObject({ info: null, rows: 1 });
    expect(session.current().recordings[0]?.remarks.join()).toMatch(/recording\.json: expected JSON/);
  });

  test('samples that become unreadable: what was read stays, with a remark', async () => {
    const file = memory('m.csv', csv(row(0, 1)));
    const session = await open(recording(file));
    file.text = '\u0000\u0000';
    await session.refresh();
    expect(session.current().recordings[0]?.rows).toBe(1);
    expect(session.current().recordings[0]?.remarks.join()).toMatch(/binary data/);
  });

  test('a recording that ended is not live, however lately it was written', async () => {
    const text = memory('i', info());
    const session = await open(recording(memory('m', csv(row(0, 1))), { info: text, isWritten: () => true }));
    expect(session.current().recordings[0]?.live).toBe(true);
    text.text = info({ ended_at: '2026-11-20T10:00:01.000Z' });
    await session.refresh();
    expect(session.current().recordings[0]?.live).toBe(false);
  });
});

test('closing while files are read is no trouble', async () => {
  const session = new OpenSession({ pause: () => new Promise(setImmediate), later: () => undefined });
  const rows = Array.from({ length: 20_000 }, (_, s) => row(s, 1)).join('');
  await session.addRecording(recording(memory('m', csv(rows))));
  session.addLog({ name: 'l', source: memory('l', 'a line of text\n'.repeat(50_000)), recording: 'r1', options: {} });
  const loaded = session.loaded();
  const refreshed = session.refresh();
  session.close();
  await expect(Promise.all([loaded, refreshed])).resolves.toBeDefined();
  expect(session.current().recordings[0]?.rows).toBeLessThan(20_000);
  expect(session.current().recordings[0]?.progress).toBeLessThan(1);
});

describe('listeners', () => {
  test('are told at once, then at most once for as long as the host says', async () => {
    const host = slowHost();
    const session = new OpenSession(host);
    const file = memory('m', csv(row(0, 1)));
    await session.addRecording(recording(file));
    await session.loaded();
    host.pass();
    host.pass();
    const told: number[] = [];
    const stop = session.subscribe(({ recordings }: Session) => told.push(recordings[0]?.rows ?? -1));
    for (let s = 1; s <= 5; s++) {
      file.text += row(s, 1);
      await session.refresh();
    }
    expect(told).toEqual([2]);
    host.pass();
    expect(told).toEqual([2, 6]);
    host.pass();
    expect(told).toEqual([2, 6]);
    stop();
    file.text += row(9, 1);
    await session.refresh();
    expect(told).toEqual([2, 6]);
    expect(session.current().recordings[0]?.rows).toBe(7);
  });

  test('only what is named is looked at again', async () => {
    const session = new OpenSession(slowHost());
    const [a, b] = [memory('a', csv(row(0, 1))), memory('b', csv(row(0, 1)))];
    await session.addRecording(recording(a));
    await session.addRecording(recording(b));
    await session.loaded();
    a.text += row(1, 1);
    b.text += row(1, 1);
    await session.refresh(new Set(['r2']));
    expect(session.current().recordings.map(({ rows }) => rows)).toEqual([1, 2]);
  });
});
