import { expect, test } from 'vitest';
import { TickCosts } from './tick-costs.js';

/** A clock on which "a" takes 0.1 ms and "b" 0.3 ms, but 2 ms whenever `slow` says so. */
function costsOf(ticks: number, slow: (tick: number) => boolean): { costs: TickCosts; looks: number } {
  let clock = 0;
  let looks = 0;
  const costs = new TickCosts(['a', 'b'], () => {
    looks++;
    return clock;
  });
  for (let tick = 0; tick < ticks; tick++) {
    costs.begin();
    clock += tick === 0 ? 50 : 0.1;
    costs.took(0);
    clock += slow(tick) ? 2 : 0.3;
    costs.took(1);
  }
  return { costs, looks };
}

test('each part has its mean and its longest, the first tick apart', () => {
  expect(costsOf(100, () => false).costs.list()).toEqual([
    { name: 'a', mean_ms: 0.1, longest_ms: 0.1 },
    { name: 'b', mean_ms: 0.3, longest_ms: 0.3 },
  ]);
});

test.each([10, 50, 600])('what is read every %s ticks weighs what it weighs', (every) => {
  const [, b] = costsOf(42_000, (tick) => tick % every === 0).costs.list();
  expect(b?.mean_ms).toBeCloseTo(0.3 + 1.7 / every, 2);
  expect(b?.longest_ms).toBe(2);
});

test('six ticks of seven are not looked at', () => {
  expect(costsOf(70, () => false).looks).toBe(30);
});

test('what was met in no tick that was looked at is left out', () => {
  let clock = 0;
  const costs = new TickCosts(['a', 'seldom'], () => clock);
  for (let tick = 0; tick < 10; tick++) {
    const looking = costs.begin();
    clock += 0.1;
    if (looking) costs.took(0);
  }
  expect(costs.list()).toEqual([{ name: 'a', mean_ms: 0.1, longest_ms: 0.1 }]);
});

test('a recording that ends with its first sample tells nothing', () => {
  expect(costsOf(1, () => false).costs.list()).toEqual([]);
});
