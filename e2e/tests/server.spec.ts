// `tidemark view` from outside: the built command, its server, and a real browser on it.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from 'playwright/test';

const TIDEMARK = join(import.meta.dirname, '../../cli/dist/tidemark.js');
let folder: string;
let running: Viewing[] = [];

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-view-'));
});
test.afterEach(async () => {
  await Promise.all(running.map(({ end }) => end()));
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

interface Viewing {
  readonly child: ChildProcess;
  readonly url: string;
  said: () => string;
  /** Resolves with the exit code after a Ctrl-C. */
  end: () => Promise<number | null>;
}

/** Starts the command in the test's folder and waits for the address that it prints. */
async function view(...args: string[]): Promise<Viewing> {
  const child = spawn(process.execPath, [TIDEMARK, 'view', '--no-open', '--port', '7790', ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', (part) => {
      said += String(part);
      const found = /at (http:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    void exited.then((code) => reject(new Error(`exit ${code}: ${said}`)));
  });
  const end = (): Promise<number | null> => {
    child.kill('SIGINT');
    return exited;
  };
  const viewing: Viewing = { child, url, said: () => said, end };
  running.push(viewing);
  return viewing;
}

const path = (name: string): string => join(folder, name);
const stamp = (second: number): string => new Date(1_795_000_000_000 + second * 1000).toISOString();
const rows = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `${stamp(from + i)},${(from + i < 30 ? 100 : 400) * 2 ** 20}\n`).join('');

/** Everything that a page complains of: scripts, the policy, requests that failed. */
function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(String(error)));
  page.on('requestfailed', (request) => heard.push(`${request.url()} ${request.failure()?.errorText}`));
  page.on('dialog', (dialog) => {
    heard.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  return heard;
}

test('a log line with a script in it is text on the page', async ({ page }) => {
  writeFileSync(path('mem.csv'), `time,rss_bytes\n${rows(0, 60)}`);
  const evil = `<script>alert('x')</script><img src=x onerror=alert(2)>`;
  writeFileSync(path('app.log'), `${stamp(10)} ERROR ${evil}\n${stamp(20)} INFO fine\n`);
  const heard = complaints(page);
  const { url, end, said } = await view('mem.csv', '--log', 'app.log');
  await page.goto(url);
  const log = page.getByRole('listbox', { name: 'Lines of app.log' });
  await expect(log.getByRole('option').first()).toContainText(evil);
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  expect(heard).toEqual([]);
  expect(said()).toMatch(/^tidemark: viewing mem\.csv at http:\/\/127\.0\.0\.1:\d+\//m);
  expect(await end()).toBe(0);
});

test('the page follows a CSV and a log that grow', async ({ page }) => {
  writeFileSync(path('mem.csv'), `time,rss_bytes\n${rows(0, 5)}`);
  writeFileSync(path('app.log'), `${stamp(1)} INFO first\n`);
  const { url } = await view('mem.csv', '--log', 'app.log');
  await page.goto(url);
  const log = page.getByRole('listbox', { name: 'Lines of app.log' });
  await expect(log).toContainText('first');
  appendFileSync(path('mem.csv'), rows(5, 60));
  appendFileSync(path('app.log'), `${stamp(40)} WARN then it grew\n`);
  await expect(log).toContainText('then it grew');
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('400 MiB');
});

test('beyond this machine a browser needs the token, and each token lets one in', async ({ browser }) => {
  writeFileSync(path('mem.csv'), `time,rss_bytes\n${rows(0, 60)}`);
  const { url } = await view('mem.csv', '--host', '0.0.0.0');
  expect(url).toMatch(/\?token=[\w-]{40,}$/);
  const [first, second] = [await browser.newContext(), await browser.newContext()];
  const [invited, stranger] = [await first.newPage(), await second.newPage()];
  const heard = complaints(invited);
  await invited.goto(url);
  await expect(invited.getByRole('application', { name: 'Memory over time' })).toBeVisible();
  expect(new URL(invited.url()).search).not.toContain('token');
  expect(heard).toEqual([]);
  for (const address of [new URL('/', url).href, url]) {
    expect((await stranger.goto(address))?.status()).toBe(401);
    await expect(stranger.getByRole('application')).toHaveCount(0);
  }
  await invited.reload();
  await expect(invited.getByRole('application', { name: 'Memory over time' })).toBeVisible();
  await first.close();
  await second.close();
});

test('another site can neither read nor write, nor hold the page in a frame', async ({ page }) => {
  writeFileSync(path('mem.csv'), `time,rss_bytes\n${rows(0, 60)}`);
  const { url } = await view('mem.csv');
  // Another origin on this machine stands for the other site.
  const site = createServer((socket) => {
    socket.once('data', () => {
      const body = `<!doctype html><title>elsewhere</title><iframe src="${url}"></iframe>`;
      socket.end(`HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    });
  });
  const port = await new Promise<number>((resolve) => {
    site.listen(0, '127.0.0.1', () => resolve((site.address() as { port: number }).port));
  });
  try {
    await page.goto(`http://127.0.0.1:${port}/`);
    const outcomes = await page.evaluate(async (target) => {
      const attempt = (init: RequestInit, what: string) =>
        fetch(`${target}api/${what}`, init).then(
          (response) => `${response.type} ${response.status}`,
          () => 'refused',
        );
      const body = JSON.stringify({ annotations: { format: 1, notes: [] } });
      return [
        await attempt({}, 'session'),
        await attempt({ mode: 'no-cors' }, 'session'),
        await attempt(
          { method: 'PUT', body, headers: { 'content-type': 'application/json' } },
          'annotations?recording=r1',
        ),
      ];
    }, url);
    // Not even an opaque answer gets through: the resource policy forbids it.
    expect(outcomes).toEqual(['refused', 'refused', 'refused']);
    const framed = page.frames().find((frame) => frame !== page.mainFrame());
    expect(await framed?.getByRole('application').count()).toBe(0);
  } finally {
    site.close();
  }
});

test('a port in use: the next free one, and both are served', async () => {
  writeFileSync(path('mem.csv'), `time,rss_bytes\n${rows(0, 5)}`);
  const first = await view('mem.csv');
  const second = await view('mem.csv', '--port', new URL(first.url).port);
  expect(second.url).not.toBe(first.url);
  expect(second.said()).toMatch(/tidemark: port \d+ is in use; listening on \d+/);
  for (const { url } of [first, second]) expect((await fetch(`${url}api/session`)).status).toBe(200);
  // One of the two ends; the other goes on.
  expect(await first.end()).toBe(0);
  expect((await fetch(`${second.url}api/session`)).status).toBe(200);
});

test('without any recording the page invites to drop files', async ({ page }) => {
  const { url, said } = await view();
  expect(said()).toContain('tidemark: no recording here yet');
  await page.goto(url);
  await expect(page.getByRole('region', { name: 'Nothing is open' })).toBeVisible();
});

test('the page says when the viewer is gone, goes on when it is back, and begins anew when it shows something else', async ({
  page,
}) => {
  writeFileSync(path('mem.csv'), `time,rss_bytes\n${rows(0, 60)}`);
  writeFileSync(path('other.csv'), `time,rss_bytes\n${rows(100, 160)}`);
  const first = await view('mem.csv', '--label', 'the first');
  const port = new URL(first.url).port;
  await page.goto(first.url);
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('the first');
  const gone = page.getByRole('alert').filter({ hasText: 'does not answer' });
  await first.end();
  await expect(gone).toBeVisible();
  const second = await view('mem.csv', '--label', 'the first', '--port', port);
  await expect(gone).toBeHidden();
  await second.end();
  await expect(gone).toBeVisible();
  await view('other.csv', '--label', 'another one', '--port', port);
  await expect(heading).toHaveText('another one');
  await expect(gone).toBeHidden();
});

test('the recordings at hand, newest first', () => {
  const recording = (name: string, info: object | null): void => {
    mkdirSync(path(`tidemark-runs/${name}`), { recursive: true });
    writeFileSync(path(`tidemark-runs/${name}/memory.csv`), `time,rss_bytes\n${rows(0, 5)}`);
    if (info) writeFileSync(path(`tidemark-runs/${name}/recording.json`), JSON.stringify({ format: 1, ...info }));
  };
  const job = { pid: 1, exit_code: 7, signal: null };
  recording('a', { started_at: stamp(0), ended_at: stamp(90), command: ['sh', '-c', 'x\n\u001b[31m'], job });
  recording('b', {
    started_at: stamp(100),
    ended_at: stamp(101),
    job: { ...job, signal: 'SIGKILL' },
    summary: { column: 'job_rss_bytes', peak_bytes: 3 * 2 ** 30, peak_at: stamp(100) },
  });
  // On a full disk: recording.json is the first one.
  const full = { started_at: stamp(20), ended_at: null, job: null };
  recording('full', full);
  writeFileSync(path('tidemark-runs/full/events.csv'), `time,kind,text\n${stamp(22)},exit,killed by SIGTERM\n`);
  recording('killed', { ...full, started_at: stamp(10) });
  const list = (...args: string[]) =>
    spawnSync(process.execPath, [TIDEMARK, 'list', ...args], { cwd: folder, encoding: 'utf8' });
  const { stdout, stderr, status } = list();
  expect([status, stderr]).toEqual([0, '']);
  expect(
    stdout.split('\n').map((line) => line.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, 'TIME').replace(/ +/g, ' ')),
  ).toEqual([
    'NAME START DURATION PEAK EXIT COMMAND',
    'b TIME 1.0 s 3.00 GiB SIGKILL -',
    'full TIME 2.0 s - SIGTERM -',
    'killed TIME cut off - - -',
    'a TIME 1:30 - 7 sh -c x [31m',
    '',
  ]);
  const [newest] = list('--json').stdout.split('\n');
  expect(JSON.parse(newest ?? '')).toMatchObject({ name: 'b', running: false, duration_ms: 1000, exit: 'SIGKILL' });
  const nothing = list('nowhere');
  expect([nothing.status, nothing.stdout]).toEqual([0, '']);
  expect(nothing.stderr).toContain('no recordings in nowhere');
});

test.describe('what cannot be opened is said in two lines', () => {
  const cases: [string, string[], number, RegExp, string | Buffer | null][] = [
    [
      'no such file',
      ['men.csv'],
      1,
      /^tidemark: men\.csv: there is no such file or recording\.\n {2}Did you mean mem\.csv\?\n$/,
      null,
    ],
    [
      'no time column',
      ['x.csv'],
      1,
      /^tidemark: .*x\.csv:1: expected a time column, found the columns a, b\n {2}\S.*\n$/,
      'a,b\n1,2\n',
    ],
    ['empty', ['x.csv'], 1, /^tidemark: .*x\.csv: expected .*, found an empty file\n/, ''],
    ['binary', ['x.csv'], 1, /^tidemark: .*x\.csv: expected .*, found binary data\n/, Buffer.from([1, 0, 2, 0, 3])],
    ['a folder without a recording', ['.'], 1, /^tidemark: \.: no recording in this folder/, null],
    ['no such log', ['mem.csv', '--log', 'no.log'], 1, /^tidemark: no\.log: there is no such log file/, null],
    ['no such zone', ['mem.csv', '--timezone', 'Mars/One'], 2, /^tidemark: .*Mars\/One/, null],
    ['no such port', ['mem.csv', '--port', '99999'], 2, /^tidemark: --port: expected/, null],
    ['no such address', ['mem.csv', '--host', '192.0.2.1'], 1, /^tidemark: Cannot listen on 192\.0\.2\.1/, null],
  ];
  for (const [name, args, code, message, content] of cases) {
    test(name, () => {
      writeFileSync(path('mem.csv'), `time,rss_bytes\n${rows(0, 5)}`);
      if (content !== null) writeFileSync(path('x.csv'), content);
      const { status, stderr } = spawnSync(process.execPath, [TIDEMARK, 'view', '--no-open', ...args], {
        cwd: folder,
        encoding: 'utf8',
        timeout: 20_000,
      });
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/ at .*\.js/);
      expect(status).toBe(code);
    });
  }
});
