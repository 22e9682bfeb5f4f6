// Who may come in when the server listens beyond this machine: whoever brings the printed token, once. The browser gets a
// cookie for it; the next browser needs the next token, which is printed then.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Pass {
  /** The token that lets the next browser in. */
  token(): string;
  /** True once for a token; after that a new one is in force. */
  redeem(token: string): boolean;
  /** The value of the Set-Cookie header for a browser that redeemed a token. */
  readonly cookie: string;
  /** Whether the Cookie header of a request holds our cookie. */
  admits(cookieHeader: string | undefined): boolean;
}

/** `port` names the cookie: cookies are shared by all ports of a host, and two viewers may run. */
export function makePass(port: number): Pass {
  const secret = fresh();
  const name = `tidemark_${port}`;
  let token = fresh();
  return {
    token: () => token,
    redeem(given) {
      if (!same(given, token)) return false;
      token = fresh();
      return true;
    },
    cookie: `${name}=${secret}; HttpOnly; SameSite=Strict; Path=/`,
    admits(header) {
      return (header ?? '').split(';').some((pair) => {
        const at = pair.indexOf('=');
        return at > 0 && pair.slice(0, at).trim() === name && same(pair.slice(at + 1).trim(), secret);
      });
    },
  };
}

const fresh = (): string => randomBytes(32).toString('base64url');

/** Compares in a time that tells nothing: the digests have one length whatever was given. */
function same(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
