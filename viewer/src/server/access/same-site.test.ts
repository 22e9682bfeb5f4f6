import { expect, test } from 'vitest';
import { isSameSite, type SiteHeaders } from './same-site.js';

const host = '127.0.0.1:7711';
const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

test.each<[string, boolean, string, string, SiteHeaders]>([
  ['our page asks', true, 'GET', '/api/session', { 'sec-fetch-site': 'same-origin' }],
  ['our page saves', true, 'PUT', '/api/annotations', { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }],
  ['our page saves, through a proxy with TLS', true, 'PUT', '/api/annotations', { origin: `https://${host}` }],
  ['a person types the address', true, 'GET', '/', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
  ['curl', true, 'GET', '/api/session', {}],
  ['a link elsewhere opens the page', true, 'GET', '/', link],
  ['a link elsewhere opens an answer', false, 'GET', '/api/session', link],
  ['a form elsewhere posts to the page', false, 'POST', '/', link],
  ['a frame elsewhere holds the page', false, 'GET', '/', { ...link, 'sec-fetch-dest': 'iframe' }],
  [
    'a script tag elsewhere',
    false,
    'GET',
    '/api/session',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  ],
  ['a page on another port of this machine', false, 'GET', '/api/session', { origin: 'http://127.0.0.1:8080' }],
  ['the same, without Origin', false, 'GET', '/api/session', { 'sec-fetch-site': 'same-site' }],
  ['a page elsewhere', false, 'PUT', '/api/annotations', { origin: 'https://evil.example' }],
  [
    'a page elsewhere that claims to be ours',
    false,
    'PUT',
    '/',
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  ],
  ['a sandboxed page', false, 'GET', '/api/session', { origin: 'null' }],
])('%s: let in is %s', (_, let_in, method, path, headers) => {
  expect(isSameSite(method, path, { host, ...headers })).toBe(let_in);
});
