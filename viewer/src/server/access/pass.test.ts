import { expect, test } from 'vitest';
import { makePass } from './pass.js';

test('a token lets one browser in, once', () => {
  const pass = makePass(7711);
  const token = pass.token();
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(pass.redeem('wrong')).toBe(false);
  expect(pass.token()).toBe(token);
  expect(pass.redeem(token)).toBe(true);
  expect(pass.redeem(token)).toBe(false);
  expect(pass.redeem(pass.token())).toBe(true);
});

test('its cookie is known among others, and no other is', () => {
  const pass = makePass(7711);
  const own = pass.cookie.split(';')[0]!;
  expect(pass.cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  expect(pass.admits(own)).toBe(true);
  expect(pass.admits(`a=b; ${own}; c=d`)).toBe(true);
  expect(pass.admits(makePass(7711).cookie.split(';')[0])).toBe(false);
  expect(pass.admits(own.replace('7711', '7712'))).toBe(false);
  expect(pass.admits(own.slice(0, -1))).toBe(false);
  expect(pass.admits(`tidemark_7711=${pass.token()}`)).toBe(false);
  expect(pass.admits('')).toBe(false);
  expect(pass.admits(undefined)).toBe(false);
});
