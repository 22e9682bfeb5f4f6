// Which names this server answers to. A page on a foreign name that resolves to this machine (DNS rebinding) sends that name
// as Host: it is refused. The port may differ from ours: people come through `ssh -L` and mapped container ports.
import { isIP } from 'node:net';
import { hostname } from 'node:os';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '::1'];

/** Whether only this machine can reach an address to listen on. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** The name in a Host header or an authority, without its port and brackets; null when it is not one. */
export function nameIn(authority: string): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(authority);
  return (match?.[1] ?? match?.[2])?.toLowerCase() ?? null;
}

/**
 * Whether a request with this Host header may be answered by a server that listens on `bound`.
 *
 * On loopback only loopback's names. On a wider bind also any bare IP address (rebinding needs a name), this machine's own
 * name and the name that was listened on.
 */
export function isOurHost(host: string | undefined, bound: string, machine = hostname()): boolean {
  const name = host === undefined ? null : nameIn(host);
  if (name === null) return false;
  if (LOOPBACK_NAMES.includes(name)) return true;
  if (isLoopback(bound)) return name === bound.toLowerCase();
  return isIP(name) !== 0 || name === bound.toLowerCase() || name === machine.toLowerCase();
}
