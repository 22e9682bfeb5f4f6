import { afterEach, expect, test, vi } from 'vitest';
import { sayOnce, wasSaid } from './say.js';

const lines = vi.hoisted(() => [] as string[]);
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  writeSync: (_fd: number, text: string) => lines.push(text),
}));
afterEach(() => vi.useRealTimers());

test('each trouble is said once; what comes and goes, again when it was silent for long', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const full = (): void => sayOnce('rows', 'the disk is full', 60_000);
  const lost = (): void => sayOnce('lost', 'a source is gone');
  expect(wasSaid('rows')).toBe(false);
  for (const seconds of [0, 30, 29, 31]) {
    vi.advanceTimersByTime(seconds * 1000);
    full();
    lost();
  }
  expect(wasSaid('rows')).toBe(true);
  expect(lines).toEqual([
    'tidemark: the disk is full\n',
    'tidemark: a source is gone\n',
    'tidemark: the disk is full\n',
  ]);
});
