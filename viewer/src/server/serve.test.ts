// The server from outside: who is let in, what can be reached, what a wrong request gets. Real sockets, real files.
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { LEVELS } from '@tidemark/shared/logs/entry.js';
import type { LogLine, Session } from '@tidemark/shared/view/data-source.js';
import { decodeHits } from '@tidemark/shared/view/wire.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TryServer, tryFolder, tryServer } from './try-server.js';

const folder = tryFolder();
let server: TryServer;
const SCRIPT = '<script>alert(1)</script>';

beforeAll(async () => {
  mkdirSync(folder.path('run'));
  writeFileSync(folder.path('secret.txt'), 'SECRET');
  writeFileSync(
    folder.path('run/memory.csv'),
    'time,elapsed_s,job_rss_bytes\n2026-11-20T10:00:00.000Z,0.000,1000\n2026-11-20T10:00:01.000Z,1.000,3000\n',
  );
  writeFileSync(folder.path('run/events.csv'), 'time,kind,text\n2026-11-20T10:00:00.000Z,start,"a, b"\n');
  writeFileSync(
    folder.path('run/recording.json'),
    JSON.stringify({
      format: 1,
      started_at: '2026-11-20T10:00:00.000Z',
      ended_at: '2026-11-20T10:00:01.000Z',
      time_zone: 'Europe/Berlin',
      logs: ['../app.log', 'gone.log'],
    }),
  );
  writeFileSync(
    folder.path('app.log'),
    `2026-11-20 11:00:00,500 ERROR ${SCRIPT}\n  more\n2026-11-20 11:00:01,000 INFO end\n`,
  );
  server = await tryServer({ paths: [folder.path('run')] });
});
afterAll(async () => {
  await server?.close();
  folder.remove();
});

describe('what is open', () => {
  test('is the recording with everything beside it, and what is missing is a remark', async () => {
    const { status, body } = await server.ask('/api/session');
    const { recordings, logs } = JSON.parse(body) as Session;
    expect(status).toBe(200);
    expect(recordings).toMatchObject([
      {
        id: 'r1',
        name: 'run',
        rows: 2,
        live: false,
        writable: true,
        clock: 'wall',
        events: [{ kind: 'start', text: 'a, b' }],
      },
    ]);
    expect(recordings[0]?.remarks).toEqual([expect.stringMatching(/gone\.log named in recording\.json is not there/)]);
    // Berlin's winter time: 11 o'clock there is 10 o'clock in the recording.
    expect(logs).toMatchObject([
      {
        id: 'l1',
        name: 'app.log',
        recording: 'r1',
        zoneMatters: true,
        suggestedShiftMs: 0,
        facts: { zone: 'Europe/Berlin', zoneOrigin: 'recording', entries: 2, dated: 2 },
      },
    ]);
    expect(logs[0]?.facts.firstMs).toBe(Date.parse('2026-11-20T10:00:00.500Z'));
  });

  test('log text comes back as data, never as a page', async () => {
    const { headers, body } = await server.ask('/api/lines?log=l1&first=1&count=9');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['x-content-type-options']).toBe('nosniff');
    const lines = JSON.parse(body) as LogLine[];
    expect(lines.map(({ level, continues }) => [level, continues])).toEqual([
      ['error', false],
      ['error', true],
      ['info', false],
    ]);
    expect(lines[0]?.text).toContain(SCRIPT);
  });

  test('a log that nobody recorded, and one without a stamp', async () => {
    writeFileSync(folder.path('plain.log'), 'one\ntwo\n');
    const alone = await tryServer({ logs: [folder.path('plain.log')], empty: true });
    try {
      const { recordings, logs } = JSON.parse((await alone.ask('/api/session')).body) as Session;
      expect(recordings).toEqual([]);
      expect(logs).toMatchObject([
        { recording: null, suggestedShiftMs: null, facts: { lines: 2, dated: 0, format: null } },
      ]);
      expect(JSON.parse((await alone.ask('/api/line-at?log=l1&time=0')).body)).toBeNull();
      expect(alone.title).toBe('plain.log');
    } finally {
      await alone.close();
    }
  });

  test('what a recorder captured, by any name; and no log twice', async () => {
    writeFileSync(folder.path('kept.txt'), '2026-11-20T10:00:00.250Z stderr F oops\n');
    const logs = [folder.path('kept.txt'), folder.path('run/../kept.txt'), folder.path('app.log')];
    const both = await tryServer({ paths: [folder.path('run')], logs });
    try {
      const { logs: views } = JSON.parse((await both.ask('/api/session')).body) as Session;
      expect(views.map(({ name }) => name)).toEqual(['app.log', 'kept.txt']);
      const [line] = JSON.parse((await both.ask('/api/lines?log=l2&first=1&count=1')).body) as LogLine[];
      expect(line).toMatchObject({ text: 'oops', stream: 'stderr', timeMs: Date.parse('2026-11-20T10:00:00.250Z') });
    } finally {
      await both.close();
    }
  });

  test('a search is packed', async () => {
    const response = await fetch(`${server.url}api/search?log=l1&levels=${LEVELS.slice(4).join(',')}`);
    const hits = decodeHits(new Uint8Array(await response.arrayBuffer()));
    expect([[...hits.lines], hits.entries]).toEqual([[1, 2], 1]);
  });
});

describe('who is let in', () => {
  const foreign: [string, Record<string, string>][] = [
    ['a foreign Host (DNS rebinding)', { host: 'evil.example' }],
    ['a foreign Host with our port', { host: 'evil.example:7711' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['an opaque Origin', { origin: 'null' }],
    ['another site, without Origin', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['another port of this machine', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }],
  ];
  test.each(foreign)('not %s', async (_, headers) => {
    for (const path of ['/api/session', '/api/lines?log=l1&first=1&count=1', '/assets/page-1.js', '/api/updates']) {
      const { status, body } = await server.ask(path, { headers });
      expect([path, status]).toEqual([path, 403]);
      expect(JSON.parse(body)).toMatchObject({ error: { message: expect.any(String) } });
    }
    const { status } = await server.ask('/api/annotations?recording=r1', {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{"annotations":{"format":1,"notes":[]}}',
    });
    expect(status).toBe(403);
  });

  test('a link from elsewhere may open the page', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await server.ask('/', { headers })).body).toContain('the page');
  });

  test('nobody without a Host, and no cross-origin permission is ever given', async () => {
    expect(await rawAnswer(server.port, 'GET /api/session HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /);
    expect(await rawAnswer(server.port, 'GET /api/session HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    const { headers } = await server.ask('/api/session', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example' },
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('on a wider bind only whoever has the token, once', async () => {
    const wide = await tryServer({ paths: [folder.path('run')], host: '0.0.0.0' });
    try {
      const token = new URL(wide.url).searchParams.get('token') ?? '';
      expect(token.length).toBeGreaterThan(30);
      for (const path of ['/', '/api/session', '/assets/page-1.js', '/?token=wrong', `/api/session?token=${token}`]) {
        expect([path, (await wide.ask(path)).status]).toEqual([path, 401]);
      }
      const entered = await wide.ask(`/?token=${token}`);
      expect(entered.status).toBe(200);
      expect(entered.body).not.toContain(token);
      const cookie = entered.headers['set-cookie']?.[0] ?? '';
      expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
      const headers = { cookie: cookie.split(';')[0] ?? '' };
      expect((await wide.ask('/', { headers })).body).toContain('the page');
      expect((await wide.ask('/api/session', { headers })).status).toBe(200);
      expect((await wide.ask('/api/session', { headers: { ...headers, host: 'evil.example' } })).status).toBe(403);
      // The token is spent; the next one was printed.
      expect((await wide.ask(`/?token=${token}`)).status).toBe(401);
      const next = /token=([\w-]+)/.exec(wide.said.find((line) => line.includes('let in')) ?? '')?.[1];
      expect((await wide.ask(`/?token=${next}`)).status).toBe(200);
    } finally {
      await wide.close();
    }
  });

  test('this machine is enough without a token, and only this machine is bound', async () => {
    expect(server.url).toBe(`http://127.0.0.1:${server.port}/`);
    expect(server.said).toEqual([]);
  });
});

describe('what can be reached', () => {
  const escapes = [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%252e%252e%252fsecret.txt',
    '/assets/..\\..\\secret.txt',
    '//etc/passwd',
    '/etc/passwd',
    '/file:///etc/passwd',
    '/%00/etc/passwd',
    '/%E0%A4%A',
    '/secret.txt',
    '/api/../secret.txt',
    '/api/lines?log=../secret.txt&first=1&count=1',
    '/api/lines?log=%2Fetc%2Fpasswd&first=1&count=1',
    '/api/lines?log=__proto__&first=1&count=1',
    '/api/annotations?recording=../../secret',
    '/api/window?recording=constructor&column=a&from=0&to=1&pixels=9',
  ];
  test.each(escapes)('nothing at %s', async (path) => {
    const { status, body } = await server.ask(path);
    expect(status).toBe(404);
    expect(body).not.toMatch(/SECRET|root:/);
    expect(body).not.toMatch(/ at .*\.[jt]s|node_modules/);
  });

  test('the page and its files, and nothing may be loaded from elsewhere', async () => {
    const { status, headers } = await server.ask('/');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(String(headers['content-security-policy']).split(';').sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "font-src 'self'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "img-src 'self' blob: data:",
      "script-src 'self'",
      "style-src 'self'",
      'worker-src blob:',
    ]);
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['x-powered-by']).toBeUndefined();
    expect((await server.ask('/assets/page-1.js')).headers['cache-control']).toContain('immutable');
  });
});

describe('a wrong request is told what was expected', () => {
  const save = (body: string, type = 'application/json') => ({
    method: 'PUT',
    headers: { 'content-type': type },
    body,
  });
  test.each<[string, number, RegExp, Parameters<TryServer['ask']>[1]?]>([
    ['/api/window?recording=r1&from=0&to=x&pixels=9', 400, /to: expected a number, found x/],
    ['/api/window?recording=r7&from=0&to=1&pixels=9', 404, /No recording with the id "r7"/],
    ['/api/lines?log=l9&first=1&count=1', 404, /No log with the id "l9"/],
    ['/api/search?log=l1&text=(&regex=1', 400, /Unterminated group/],
    ['/api/marks?log=l1&zone=Mars/One&from=0&to=1&pixels=9', 400, /Mars\/One/],
    ['/api/annotations?recording=r1', 400, /annotations of format 1/, save('{}')],
    ['/api/annotations?recording=r1', 400, /JSON/, save('{')],
    ['/api/annotations?recording=r1', 400, /annotations of format 1/, save('annotations=1', 'text/plain')],
    ['/api/annotations?recording=r1', 413, /large/, save(`{"annotations":"${'x'.repeat(600_000)}"}`)],
    ['/api/annotations?recording=r1', 404, /nothing at this address/, { method: 'DELETE' }],
    ['/api/session', 404, /nothing at this address/, { method: 'POST' }],
  ])('%s: %d', async (path, status, message, asked) => {
    const answer = await server.ask(path, asked);
    expect(answer.status).toBe(status);
    const { error } = JSON.parse(answer.body) as { error: { message: string } };
    expect(error.message).toMatch(message);
    expect(answer.body).not.toMatch(/\.[jt]s:\d|node_modules/);
  });

  test('requests that are given up, as a page does while one types, leave nothing behind', async () => {
    writeFileSync(folder.path('long.log'), '2026-11-20T10:00:00Z INFO some words\n'.repeat(300_000));
    const busy = await tryServer({ paths: [folder.path('run')], logs: [folder.path('long.log')] });
    try {
      await Promise.all(
        Array.from({ length: 30 }, async (_, i) => {
          const stop = new AbortController();
          const search = fetch(`${busy.url}api/search?log=l2&text=absent+${i}`, { signal: stop.signal });
          await new Promise(setImmediate);
          stop.abort();
          await expect(search).rejects.toMatchObject({ name: 'AbortError' });
        }),
      );
      // The log may still be being read: its entries are found as they come.
      const found = async (): Promise<number> => {
        const hits = await fetch(`${busy.url}api/search?log=l2&text=words`);
        return decodeHits(new Uint8Array(await hits.arrayBuffer())).entries;
      };
      await expect.poll(found, { timeout: 20_000 }).toBeGreaterThan(0);
      expect(busy.bugs).toEqual([]);
    } finally {
      await busy.close();
    }
  });

  test('none of that was a bug', () => {
    expect(server.bugs).toEqual([]);
  });
});

describe('the port', () => {
  test('that is in use: the next free one is taken, and said', async () => {
    const other = createServer();
    const taken = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    const second = await tryServer({ paths: [folder.path('run')], port: taken });
    try {
      expect(second.port).toBeGreaterThan(taken);
      expect(second.said).toEqual([`port ${taken} is in use; listening on ${second.port}`]);
      expect((await second.ask('/api/session')).status).toBe(200);
    } finally {
      await second.close();
      other.close();
    }
  });

  test('of an address that is not ours', async () => {
    await expect(tryServer({ empty: true, host: '192.0.2.1' })).rejects.toThrow(/Cannot listen on 192\.0\.2\.1/);
  });
});

describe('what cannot be opened is said before anything listens', () => {
  test.each<[string, string | Buffer, RegExp]>([
    ['no-time.csv', 'a,b\n1,2\n', /no-time\.csv:1: expected a time column/],
    ['empty.csv', '', /empty\.csv: expected .*, found an empty file/],
    ['binary.csv', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1]), /binary\.csv: expected .*, found binary data/],
  ])('%s', async (name, content, message) => {
    writeFileSync(folder.path(name), content);
    await expect(tryServer({ paths: [folder.path(name)] })).rejects.toThrow(message);
  });

  test('a log in the place of a recording', async () => {
    const misplaced = tryServer({ paths: [folder.path('app.log')] });
    await expect(misplaced).rejects.toThrow(/app\.log: neither a recording nor a CSV/);
    await expect(misplaced).rejects.toMatchObject({ advice: expect.stringMatching(/--log .*app\.log/) });
  });

  test('a log that is not there', async () => {
    const missing = tryServer({ paths: [folder.path('run')], logs: [folder.path('ap.log')] });
    await expect(missing).rejects.toThrow(/ap\.log: there is no such log file/);
    await expect(missing).rejects.toMatchObject({ advice: expect.stringMatching(/Did you mean .*app\.log/) });
  });

  test('a zone that nobody knows', async () => {
    await expect(tryServer({ paths: [folder.path('run')], timezone: 'Mars/One' })).rejects.toThrow(/Mars\/One/);
  });

  test('what was cut or is ragged is opened, with a remark', async () => {
    writeFileSync(
      folder.path('torn.csv'),
      'time,elapsed_s,job_rss_bytes\n2026-11-20T10:00:00.000Z,0.000,1000\n2026-11-20T10:00:01.000Z,1.0\n2026-11-20T10:00:02.000Z,2.000,30',
    );
    const torn = await tryServer({ paths: [folder.path('torn.csv')] });
    try {
      const { recordings } = JSON.parse((await torn.ask('/api/session')).body) as Session;
      expect(recordings[0]?.rows).toBe(1);
      expect(recordings[0]?.remarks.join('\n')).toMatch(/torn\.csv:3: expected 3 cells, found 2/);
      expect(recordings[0]?.remarks.join('\n')).toMatch(/last line .* cut off/);
    } finally {
      await torn.close();
    }
  });
});

function rawAnswer(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let answer = '';
    socket.on('data', (part) => {
      answer += String(part);
      socket.end();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
