// A job recorded once for each worker with the built command, and viewers of it: what the page's tests start from.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Locator, type Page } from 'playwright/test';

export const COMMAND = join(import.meta.dirname, '../../cli/dist/tidemark.js');

/** Rises at once, climbs, complains with markup and a stack, ends. About four seconds. */
const JOB = `
const log = (level, text) => console.log(new Date().toISOString() + ' ' + level + ' ' + text);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const kept = [];
log('INFO', 'loading');
await sleep(800);
for (let i = 0; i < 5; i++) { kept.push(Buffer.alloc(40 << 20, 1)); log('INFO', 'shard ' + i + ' loaded'); }
log('WARN', 'cache is larger than expected');
await sleep(800);
for (let i = 0; i < 20; i++) { kept.push(Buffer.alloc(3 << 20, 1)); log('DEBUG', 'epoch ' + i); await sleep(80); }
console.error(new Date().toISOString() + ' ERROR checkpoint failed: <img src=x onerror="document.title=1"> \\x1b[31mred\\x1b[0m');
console.error('Traceback (most recent call last):\\n  raise OSError(28)');
await sleep(700);
log('INFO', 'done');
`;

/** So many entries the job writes: 1 + 5 + 1 + 20 + 1 + 1. */
export const ENTRIES = 29;

export interface Viewer {
  readonly url: string;
  readonly process: ChildProcess;
}

interface WorkerFixtures {
  /** A folder of the worker's own. */
  folder: string;
  /** The recording of the job above; not to be written to. */
  recording: string;
}

interface TestFixtures {
  /** A copy of the recording that the test may write to. */
  copy: string;
  /** Starts viewers that end with the test. */
  view: (...args: string[]) => Promise<Viewer>;
  /** The recording's copy in the page, drawn. */
  graph: Locator;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  folder: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'tidemark-page-'));
      await use(folder);
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  recording: [
    async ({ folder }, use) => {
      const recording = join(folder, 'train');
      record(folder, recording, 'train resnet');
      await use(recording);
    },
    { scope: 'worker' },
  ],
  copy: async ({ recording, folder }, use, { testId }) => {
    const copy = join(folder, testId, 'train');
    cpSync(recording, copy, { recursive: true });
    await use(copy);
    rmSync(join(folder, testId), { recursive: true, force: true });
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  view: async ({}, use) => {
    const started: ChildProcess[] = [];
    await use(async (...args) => {
      const child = spawn(process.execPath, [COMMAND, 'view', '--no-open', '--port', '0', ...args]);
      started.push(child);
      return { url: await addressOf(child), process: child };
    });
    for (const child of started) child.kill();
  },
  graph: async ({ page, copy, view }, use) => {
    const { url } = await view(copy);
    await page.goto(url);
    await use(await drawnGraph(page));
  },
});

export { expect };

export function record(folder: string, output: string, label: string): void {
  const job = join(folder, 'job.mjs');
  writeFileSync(job, JOB);
  const args = ['run', '-q', '-o', output, '--label', label, '--', process.execPath, job];
  execFileSync(process.execPath, [COMMAND, ...args], { stdio: 'pipe' });
}

/** A recording that still grows; ends with the returned process. */
export function recordLive(folder: string, output: string): ChildProcess {
  const job = join(folder, 'live.mjs');
  writeFileSync(job, `let n = 0; setInterval(() => console.log(new Date().toISOString() + ' INFO tick ' + n++), 100);`);
  return spawn(process.execPath, [COMMAND, 'run', '-q', '-o', output, '--', process.execPath, job], {
    stdio: 'ignore',
  });
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const look = (chunk: Buffer): void => {
      said += chunk.toString();
      const [address] = /http:\/\/\S+/.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.on('exit', (code) => reject(new Error(`the viewer ended with ${code}: ${said}`)));
  });
}

export async function drawnGraph(page: Page): Promise<Locator> {
  const graph = page.getByRole('application', { name: 'Memory over time' });
  await expect(graph).toHaveAttribute('aria-busy', 'false');
  await expect(graph).toHaveAccessibleDescription(/from .* to /);
  return graph;
}

/** A point of the graph, as shares of its width and height. */
export async function pointOn(graph: Locator, x: number, y = 0.5): Promise<{ x: number; y: number }> {
  const box = await graph.boundingBox();
  if (box === null) throw new Error('the graph is not on the screen');
  return { x: box.x + box.width * x, y: box.y + box.height * y };
}

export async function drag(page: Page, graph: Locator, fromX: number, toX: number): Promise<void> {
  const from = await pointOn(graph, fromX);
  const to = await pointOn(graph, toX);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, to.y);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
}

/** What the address says, by name. */
export function inAddress(page: Page, name: string): string | null {
  return new URLSearchParams(new URL(page.url()).hash.slice(1)).get(name);
}

/** The width of the view in the address, in ms; null for everything. */
export function viewWidth(page: Page): number | null {
  const [from, to] = (inAddress(page, 'view') ?? '').split('..').map(Number);
  return from === undefined || to === undefined ? null : to - from;
}
