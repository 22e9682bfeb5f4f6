import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { timeZone } from './time-zone.js';

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  [':Europe/Berlin', 'Europe/Berlin'],
  ['/usr/share/zoneinfo/America/Argentina/Salta', 'America/Argentina/Salta'],
  ['UTC', 'UTC'],
])('TZ=%s is %s', (TZ, zone) => {
  expect(timeZone({ TZ }, '/nonexistent')).toBe(zone);
});

test('without TZ the system says it: the link first, then the file', () => {
  const etc = mkdtempSync(join(tmpdir(), 'etc-'));
  writeFileSync(join(etc, 'timezone'), 'Asia/Tokyo\n');
  expect(timeZone({}, etc)).toBe('Asia/Tokyo');
  mkdirSync(join(etc, 'zoneinfo/Europe'), { recursive: true });
  writeFileSync(join(etc, 'zoneinfo/Europe/Rome'), '');
  symlinkSync(join(etc, 'zoneinfo/Europe/Rome'), join(etc, 'localtime'));
  expect(timeZone({}, etc)).toBe('Europe/Rome');
});
