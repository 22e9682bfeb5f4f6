// Listens on the port that was asked for, or the next free one.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UnavailableError } from '@tidemark/shared/errors.js';
import type { Express } from 'express';

/** How many ports after the one that was asked for are tried. */
const PORTS_TRIED = 50;

export interface Listening {
  readonly server: Server;
  readonly port: number;
}

/** Port 0 takes any free one. Throws UnavailableError when none is free or the address is not this machine's. */
export async function listen(app: Express, host: string, port: number): Promise<Listening> {
  for (let tried = port; ; tried++) {
    const server = createServer(app);
    // A page that is asleep keeps its connection; a request that never ends its headers does not.
    server.headersTimeout = 20_000;
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(tried, host, () => {
          server.off('error', reject);
          resolve();
        });
      });
      return { server, port: (server.address() as AddressInfo).port };
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' && port !== 0 && tried < Math.min(port + PORTS_TRIED, 65_535)) continue;
      throw new UnavailableError(`Cannot listen on ${host}, port ${tried}: ${reason(code)}.`, adviceFor(code), {
        cause,
      });
    }
  }
}

const reason = (code: string | undefined): string =>
  ({
    EADDRINUSE: 'it and the ports after it are in use',
    EACCES: 'you may not use it',
    EADDRNOTAVAIL: 'this machine has no such address',
    ENOTFOUND: 'this name is not known',
    EAI_AGAIN: 'this name is not known',
  })[code ?? ''] ?? String(code);

function adviceFor(code: string | undefined): string {
  if (code === 'EACCES') return 'Ports below 1024 need rights; choose a higher one with --port.';
  return code === 'EADDRINUSE'
    ? 'Choose another port with --port.'
    : 'Leave out --host to serve this machine only, or name one of its addresses.';
}
