import { expect, test } from 'vitest';
import { openerFor } from './open-browser.js';

test.each<[string, NodeJS.Platform, Record<string, string>, string | null]>([
  ['Linux with X', 'linux', { DISPLAY: ':0' }, 'xdg-open'],
  ['Linux with Wayland', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
  ['Linux without a display', 'linux', {}, null],
  ['a build machine', 'linux', { DISPLAY: ':0', CI: 'true' }, null],
  ['a Mac', 'darwin', {}, 'open'],
  ['a Mac from afar', 'darwin', { SSH_CONNECTION: '1 2 3 4' }, null],
  ['Windows', 'win32', {}, 'rundll32'],
])('%s', (_, platform, env, command) => {
  expect(openerFor(platform, env)?.[0] ?? null).toBe(command);
});
