import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { rested } from './rested.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('follows once the other rests, not while it moves', () => {
  const moving = signal(0);
  const told = rested(moving);
  for (let i = 1; i <= 5; i++) {
    moving.value = i;
    vi.advanceTimersByTime(16);
  }
  expect(told.value).toBe(0);
  vi.advanceTimersByTime(150);
  expect(told.value).toBe(5);
});

test('is told of what never rests, though seldom', () => {
  const moving = signal(0);
  const told = rested(moving);
  for (let i = 1; i <= 100; i++) {
    moving.value = i;
    vi.advanceTimersByTime(16);
  }
  expect(told.value).toBeGreaterThan(50);
  expect(told.value).toBeLessThan(100);
});

test('follows at once where the change is no mere move', () => {
  const moving = signal('a');
  const told = rested(moving, (next) => next === 'urgent');
  moving.value = 'urgent';
  expect(told.value).toBe('urgent');
});
