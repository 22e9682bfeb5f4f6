import { afterEach, expect, test } from 'vitest';
import { type Forwarding, forwardSignals } from './signals.js';

let forwarding: Forwarding | null = null;
afterEach(() => forwarding?.stop());

/** As if the system had sent it; in a worker thread it sends none. */
const come = (signal: NodeJS.Signals): boolean => process.emit(signal);

test('a signal that comes before the job is started waits for it', () => {
  const sent: string[] = [];
  forwarding = forwardSignals([]);
  come('SIGTERM');
  forwarding.to({ sharesGroup: false, send: (signal) => sent.push(signal) });
  expect(sent).toEqual(['SIGTERM']);
  come('SIGHUP');
  expect(sent).toEqual(['SIGTERM', 'SIGHUP']);
});

test('one that is ignored is neither told nor passed on', () => {
  const sent: string[] = [];
  forwarding = forwardSignals(['HUP']);
  forwarding.onSignal = (signal) => sent.push(`told ${signal}`);
  forwarding.to({ sharesGroup: false, send: (signal) => sent.push(signal) });
  come('SIGHUP');
  come('SIGUSR1');
  expect(sent).toEqual(['told SIGUSR1', 'SIGUSR1']);
});

test('a job that has become another user is out of reach, which is said and no reason to end', () => {
  let tries = 0;
  forwarding = forwardSignals([]);
  forwarding.to({
    sharesGroup: false,
    send() {
      tries++;
      throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
    },
  });
  expect(() => come('SIGTERM')).not.toThrow();
  expect(tries).toBe(1);
});
