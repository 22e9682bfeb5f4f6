import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch, WatchedFile } from './kernel-file.js';
import { keptAtMost } from './open-files.js';

test('a watched file is the same while it says what it said, and says so only from the second time on', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'watched-')), 'schedstat');
  const file = new WatchedFile(path);
  const says = (text: string): boolean => {
    writeFileSync(path, text);
    return file.isSame();
  };
  expect(says('12 0 3\n')).toBe(false);
  expect(says('12 0 3\n')).toBe(true);
  expect(scratch.toString('latin1', 0, 7)).toBe('12 0 3\n');
  // Another text of the same length, a longer one, and its beginning.
  expect(says('12 0 4\n')).toBe(false);
  expect(says('12 0 40\n')).toBe(false);
  expect(says('12 0 4')).toBe(false);
  expect(says('12 0 4')).toBe(true);
  file.forget();
  expect(says('12 0 4')).toBe(false);
  file.close();
});

test.each([
  [64, 16],
  [128, 64],
  [1024, 960],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
])('with a limit of %d open files at most %d are kept', (limit, kept) => {
  expect(keptAtMost(limit)).toBe(kept);
});

test('a file that is not there is trouble', () => {
  expect(() => new WatchedFile('/nowhere/schedstat').isSame()).toThrow('ENOENT');
});
