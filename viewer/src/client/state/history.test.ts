import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { choice, choose, INITIAL } from './choice.js';
import { watchHistory } from './history.js';

/** The addresses that the back button would go through, the present one last. */
let steps: string[] = [];
let writes = 0;
let stop = (): void => {};

beforeEach(() => {
  vi.useFakeTimers();
  steps = [''];
  writes = 0;
  const location = {
    pathname: '/',
    search: '',
    get hash(): string {
      return steps.at(-1) ?? '';
    },
  };
  vi.stubGlobal('location', location);
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
  vi.stubGlobal('history', {
    pushState: (_: unknown, __: string, address: string) => steps.push(address),
    replaceState: (_: unknown, __: string, address: string) => {
      writes++;
      steps[steps.length - 1] = address;
    },
  });
  choice.value = INITIAL;
  vi.advanceTimersByTime(10_000);
  stop = watchHistory();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const look = (fromMs: number): void => choose({ view: { fromMs, toMs: fromMs + 1000 } });

test('a view that moves is one step, and is written when it begins and when it has settled', () => {
  for (let i = 0; i < 60; i++) {
    look(i);
    vi.advanceTimersByTime(16);
  }
  expect(steps).toEqual(['', '#view=0..1000']);
  expect(writes).toBe(0);
  vi.advanceTimersByTime(100);
  expect(steps).toEqual(['', '#view=59..1059']);
});

test('what a click chooses is written at once', () => {
  choose({ lines: ['a/one'] });
  choose({ lines: ['a/one', 'a/two'] });
  expect(steps.at(-1)).toContain('two');
});

test('a new step leaves the one before as it came to be', () => {
  for (let i = 0; i < 60; i++) {
    look(i);
    vi.advanceTimersByTime(16);
  }
  vi.advanceTimersByTime(1000);
  choose({ lines: ['a/one'] });
  expect(steps).toHaveLength(3);
  expect(steps[1]).toContain('59');
  expect(steps[2]).toContain('one');
});

test('chosen again what was chosen is no step', () => {
  choose({ lines: ['a/one'] });
  vi.advanceTimersByTime(1000);
  choose({ lines: ['a/one'] });
  expect(steps).toHaveLength(2);
});
