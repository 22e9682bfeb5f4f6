// Following the server's updates, with the browser's parts played by the test.
import type { Session } from '@tidemark/shared/view/data-source.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followUpdates } from './updates.js';

class Stream extends EventTarget {
  static all: Stream[] = [];
  closed = false;
  constructor(readonly address: string) {
    super();
    Stream.all.push(this);
  }
  close(): void {
    this.closed = true;
  }
  hear(type: string, data?: unknown): void {
    this.dispatchEvent(Object.assign(new Event(type), { data: JSON.stringify(data) }));
  }
  /** What a server says first. */
  begin(server: string, session: Session): void {
    this.hear('open');
    this.hear('server', server);
    this.hear('session', session);
  }
  static get open(): Stream[] {
    return Stream.all.filter(({ closed }) => !closed);
  }
}

const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
const look = (state: string): void => {
  page.visibilityState = state;
  page.dispatchEvent(new Event('visibilitychange'));
};
const replace = vi.fn();
const opened = (name: string): Session =>
  ({ recordings: [{ id: 'r1', name, info: null, startMs: 0 }], logs: [] }) as unknown as Session;

let names: string[];
let connections: boolean[];
let stop: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  Stream.all = [];
  page.visibilityState = 'visible';
  replace.mockClear();
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('document', page);
  vi.stubGlobal('location', { pathname: '/', replace });
  names = [];
  connections = [];
  stop = followUpdates(
    ({ recordings }) => names.push(recordings[0]?.name ?? ''),
    (connected) => connections.push(connected),
  );
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('every change is told', () => {
  Stream.all[0]?.begin('s', opened('a'));
  Stream.all[0]?.hear('session', opened('b'));
  expect([names, connections]).toEqual([['a', 'b'], [true]]);
});

test('a lost connection is said once, and tried again ever more slowly until it is back', () => {
  Stream.all[0]?.begin('s', opened('a'));
  for (const tries of [2, 3, 4]) {
    Stream.open[0]?.hear('error');
    expect(Stream.open).toEqual([]);
    vi.advanceTimersByTime(10_000);
    expect(Stream.all).toHaveLength(tries);
  }
  Stream.open[0]?.begin('s', opened('a'));
  expect(connections).toEqual([true, false, true]);
  expect(Stream.open).toHaveLength(1);
});

test('a hidden page lets go of its connection, and comes back', () => {
  Stream.all[0]?.begin('s', opened('a'));
  look('hidden');
  expect(Stream.open).toEqual([]);
  vi.advanceTimersByTime(60_000);
  expect(Stream.all).toHaveLength(1);
  look('visible');
  Stream.open[0]?.begin('s', opened('b'));
  expect([names, connections]).toEqual([['a', 'b'], [true]]);
});

test('another server on the same port: the page begins anew only when something else is open there', () => {
  Stream.all[0]?.begin('one', opened('a'));
  Stream.open[0]?.hear('error');
  vi.advanceTimersByTime(10_000);
  Stream.open[0]?.begin('two', opened('a'));
  expect(replace).not.toHaveBeenCalled();
  Stream.open[0]?.hear('error');
  vi.advanceTimersByTime(10_000);
  Stream.open[0]?.begin('three', opened('b'));
  expect(replace).toHaveBeenCalledWith('/');
  expect(names).toEqual(['a', 'a']);
});

test('after the end nothing is left', () => {
  Stream.all[0]?.hear('error');
  stop();
  vi.advanceTimersByTime(60_000);
  look('hidden');
  look('visible');
  expect(Stream.open).toEqual([]);
  expect(Stream.all).toHaveLength(1);
});
