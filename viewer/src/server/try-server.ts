// For tests: a real server on a free port, with a page of its own, and requests with every header as given.
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PageFiles } from './page-files.js';
import { type Served, type ServeOptions, serve } from './serve.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface TryServer extends Served {
  /** What was said to the terminal, and bugs. */
  readonly said: string[];
  readonly bugs: unknown[];
  /** The path goes out as it is: no client in between tidies it. */
  ask(path: string, asked?: Asked): Promise<Answer>;
}

export const PAGE: PageFiles = new Map([
  [
    '/',
    { bytes: Buffer.from('<!doctype html><title>the page</title>'), type: 'text/html; charset=utf-8', lasting: false },
  ],
  ['/assets/page-1.js', { bytes: Buffer.from('1;'), type: 'text/javascript; charset=utf-8', lasting: true }],
]);

export async function tryServer(options: Partial<ServeOptions>): Promise<TryServer> {
  const said: string[] = [];
  const bugs: unknown[] = [];
  const served = await serve({
    paths: [],
    logs: [],
    port: 0,
    open: false,
    page: PAGE,
    say: (line) => said.push(line),
    onBug: (error) => bugs.push(error),
    ...options,
  });
  return {
    ...served,
    said,
    bugs,
    ask: (path, asked) => ask(served.port, path, asked),
  };
}

function ask(port: number, path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A folder of its own, gone when the test is over. */
export function tryFolder(): { path: (name: string) => string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-server-'));
  return {
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
