// What goes into a report of large files, with the bounds made small.
import type { ByteSource } from '@tidemark/shared/bytes.js';
import { NO_ANNOTATIONS } from '@tidemark/shared/recording/annotations.js';
import { Redaction, rulesNamed } from '@tidemark/shared/redact/redaction.js';
import { OpenSession } from '@tidemark/shared/view/open-session.js';
import { expect, test } from 'vitest';
import { gather } from './gather.js';

const START = Date.UTC(2026, 10, 20);
const encoder = new TextEncoder();

function sourceOf(name: string, text: string): ByteSource {
  const bytes = encoder.encode(text);
  return { name, size: async () => bytes.length, read: async (from, to) => bytes.slice(from, to) };
}

async function opened() {
  const session = new OpenSession({ pause: async () => {}, later: () => {} });
  // Flat, and a rise after 3,000 s.
  const rows = Array.from({ length: 6000 }, (_, i) => {
    const bytes = (i < 3000 ? 100 : 900) * 2 ** 20;
    return `${new Date(START + i * 1000).toISOString()},${i},${bytes}`;
  });
  const recording = await session.addRecording({
    name: 'run/1',
    memory: sourceOf('memory.csv', `time,elapsed_s,job_rss_bytes\n${rows.join('\n')}\n`),
    info: sourceOf('recording.json', JSON.stringify({ format: 1, command: ['job', '--password=hunter2', '"q"'] })),
    events: sourceOf(
      'events.csv',
      `time,kind,text\n${new Date(START).toISOString()},mark,"by ann@example.org, ""now"""\n`,
    ),
    notes: { writable: false, read: async () => NO_ANNOTATIONS, write: async () => {} },
    remarks: () => [],
    isWritten: () => false,
  });
  const lines = Array.from(
    { length: 20_000 },
    (_, i) => `${new Date(START + i * 300).toISOString()} INFO from 10.1.2.${i % 250}: step ${i + 1}`,
  );
  session.addLog({
    name: 'app.log',
    source: sourceOf('app.log', `${lines.join('\n')}\n`),
    recording: recording.id,
    options: {},
  });
  await session.loaded();
  return session.opened;
}

async function read({ files }: ReturnType<typeof gather>): Promise<Map<string, string>> {
  const out = new Map<string, string>();
  for await (const { path, bytes } of files) {
    const parts: Uint8Array[] = [];
    for await (const part of bytes) parts.push(part);
    out.set(path, Buffer.concat(parts).toString());
  }
  return out;
}

test('small files go in whole', async () => {
  const { recordings, logs } = await opened();
  const gathered = gather(recordings, logs, null);
  const files = await read(gathered);
  expect([...files.keys()]).toEqual([
    'run-1/memory.csv',
    'run-1/recording.json',
    'run-1/events.csv',
    'logs/l1/app.log',
  ]);
  expect(files.get('run-1/memory.csv')?.split('\n')).toHaveLength(6002);
  expect(files.get('logs/l1/app.log')?.split('\n')).toHaveLength(20_001);
  expect(gathered.remarks).toEqual([]);
});

test('of large ones a part goes in, with what stands out, and that is said', async () => {
  const { recordings, logs } = await opened();
  const gathered = gather(recordings, logs, null, 100_000);
  const files = await read(gathered);
  expect(files.get('run-1/memory.csv')!.length).toBeLessThan(120_000);
  const log = files.get('logs/l1/app.log')!;
  expect(log.length).toBeLessThan(500_000);
  // Its start, its end, and around the rise at 3,000 s.
  for (const step of [1, 20_000, 10_000]) expect(log).toContain(`: step ${step}\n`);
  expect(log).not.toContain(': step 5000\n');
  expect(gathered.remarks).toEqual([
    expect.stringMatching(/^run\/1: of 6,000 samples/),
    expect.stringMatching(/^app\.log: /),
  ]);
});

test('what rules take out is gone from every file, the form of each is kept, and the list says how much', async () => {
  const { recordings, logs } = await opened();
  const gathered = gather(recordings, logs, new Redaction(rulesNamed(['all'])));
  const files = await read(gathered);
  expect([...files.values()].join('')).not.toMatch(/hunter2|ann@example|10\.1\.2\./);
  expect(JSON.parse(files.get('run-1/recording.json')!)).toMatchObject({
    command: ['job', '--password=[secret]', '"q"'],
  });
  expect(files.get('run-1/events.csv')).toContain('mark,"by [email], ""now"""\n');
  expect(files.get('logs/l1/app.log')).toContain('INFO from [ip]: step 77\n');
  expect(gathered.remarks).toEqual([
    expect.stringMatching(
      /1 passwords, tokens and keys \[secret\], 1 e-mail addresses \[email\], 20,000 IP addresses \[ip\]/,
    ),
  ]);
});
