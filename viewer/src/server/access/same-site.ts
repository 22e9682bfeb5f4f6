// Requests that another site makes a browser send are refused, all but one: opening the page itself by a link.

/** The headers that browsers set and pages cannot forge. */
export interface SiteHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
  readonly 'sec-fetch-mode'?: string | string[] | undefined;
  readonly 'sec-fetch-dest'?: string | string[] | undefined;
}

/** Whether a request comes from our own page, from the person (typed, bookmarked), or from a program that is no browser. */
export function isSameSite(method: string, path: string, headers: SiteHeaders): boolean {
  if (headers.origin !== undefined) {
    // https: someone may have put a proxy of their own before us.
    return headers.origin === `http://${headers.host}` || headers.origin === `https://${headers.host}`;
  }
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  return (
    method === 'GET' &&
    path === '/' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}
