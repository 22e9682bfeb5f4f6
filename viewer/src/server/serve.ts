// Serves the page for what a person named, until it is closed.
import { networkInterfaces } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { Host } from '@tidemark/shared/view/open-session.js';
import { OpenSession } from '@tidemark/shared/view/open-session.js';
import { isLoopback } from './access/hosts.js';
import { makePass, type Pass } from './access/pass.js';
import { turns } from './api/turns.js';
import { makeApp } from './app.js';
import { findingsThread } from './findings/on-a-thread.js';
import { listen } from './listen.js';
import { type OpenOptions, openPaths } from './open/open-paths.js';
import { openBrowser } from './open-browser.js';
import { type PageFiles, readPageFiles } from './page-files.js';
import { matchOnThread } from './search/match-on-thread.js';
import { keepServerSmall } from './small-heap.js';

export const DEFAULT_PORT = 7711;

export interface ServeOptions extends OpenOptions {
  /** The first port that is tried; 0 for any free one. */
  readonly port?: number;
  /** The address to listen on; anything but loopback makes a token necessary. */
  readonly host?: string;
  /** Opens a browser: 'auto' where there is a screen. */
  readonly open?: boolean | 'auto';
  /** Lines for the terminal, without a newline. */
  readonly say?: (line: string) => void;
  /** Something that was not thrown on purpose. */
  readonly onBug?: (error: unknown) => void;
  /** The page; read from this package when left out. */
  readonly page?: PageFiles;
}

export interface Served {
  /** The address to open, with the token where one is needed. */
  readonly url: string;
  readonly port: number;
  /** What is shown; empty when nothing is open. */
  readonly title: string;
  close(): Promise<void>;
}

const onThread = findingsThread();
const matcher = matchOnThread();
/** Opens what was named, listens, opens the browser. Throws what a person should know before anything listens. */
export async function serve(options: ServeOptions): Promise<Served> {
  keepServerSmall();
  const { port: wanted = DEFAULT_PORT, host: address = '127.0.0.1', say = () => undefined } = options;
  const onBug =
    options.onBug ?? ((error: unknown) => say(error instanceof Error ? (error.stack ?? '') : String(error)));
  const page = options.page ?? (await readPageFiles());
  const { first, giveWay } = turns();
  const host: Host = {
    pause: () => setImmediate(),
    giveWay,
    later: (work, ms) => {
      setTimeout(work, ms).unref();
    },
    matcher,
    ...(onThread === null ? {} : { findFindings: onThread }),
  };
  const session = new OpenSession(host);
  const files = await openPaths(session, options, onBug);
  const loaded = session.loaded().catch((error: unknown) => onBug(error));

  const guarded = !isLoopback(address);
  let pass: Pass | null = guarded ? makePass(wanted) : null;
  let urlOf = (): string => '';
  const app = makeApp({
    session,
    loaded,
    page,
    first,
    onBug,
    host: address,
    pass: () => pass,
    onRedeemed: () => say(`a browser was let in; the next one needs ${urlOf()}`),
  });
  let listening: Awaited<ReturnType<typeof listen>>;
  try {
    listening = await listen(app, address, wanted);
  } catch (error) {
    await files.close();
    throw error;
  }
  const { server, port } = listening;
  if (guarded) pass = makePass(port);
  urlOf = () => `http://${shownHost(address)}:${port}/${pass === null ? '' : `?token=${pass.token()}`}`;
  if (port !== wanted && wanted !== 0) say(`port ${wanted} is in use; listening on ${port}`);
  const elsewhere = isEverywhere(address) ? ownAddresses() : [];
  if (elsewhere.length > 0) say(`from other machines: ${elsewhere.join(', ')} instead of 127.0.0.1`);
  if (guarded)
    say(`anyone who can reach ${address} and has the token sees this recording; each token lets one browser in`);
  const url = urlOf();
  const open = options.open ?? 'auto';
  if (open !== false) void openBrowser(url, open === true, say);

  return {
    url,
    port,
    title: files.title,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      // Pages hold their update connections for ever.
      server.closeAllConnections();
      await closed;
      await files.close();
    },
  };
}

/** What to type for an address to listen on: "all of them" is none, and IPv6 needs brackets. */
function shownHost(address: string): string {
  if (isEverywhere(address)) return '127.0.0.1';
  return address.includes(':') ? `[${address}]` : address;
}

const isEverywhere = (address: string): boolean => address === '0.0.0.0' || address === '::';

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}
