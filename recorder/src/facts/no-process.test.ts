// What asks another program must outlive that none can be started: EMFILE leaves a child without pid and pipes.
import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { askRuntimes } from '../containers/ask-runtime.js';
import { forwardSignals } from '../run/signals.js';
import { learnMore } from './systeminformation.js';

const asked = vi.hoisted(() => ({ times: 0 }));
vi.mock('node:child_process', async (original) => ({
  ...(await original<typeof import('node:child_process')>()),
  spawn() {
    asked.times++;
    const child = new EventEmitter();
    process.nextTick(() => child.emit('error', Object.assign(new Error('spawn EMFILE'), { code: 'EMFILE' })));
    return child;
  },
}));
afterEach(() => {
  vi.useRealTimers();
  asked.times = 0;
});

test('facts of the machine are not known then', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const stop = learnMore(() => expect.unreachable());
  vi.advanceTimersByTime(10_000);
  stop();
  expect(asked.times).toBe(1);
});

test('a container runtime is one that does not answer', async () => {
  expect(await askRuntimes(['/x.sock'])).toEqual({ containers: null, troubles: ['/x.sock: spawn EMFILE'] });
});

test('signals are passed on without a witness', () => {
  const forwarding = forwardSignals([]);
  forwarding.to({ sharesGroup: true, send: () => {} });
  forwarding.stop();
  expect(asked.times).toBe(1);
});
