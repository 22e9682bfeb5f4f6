import { expect, test } from 'vitest';
import { changedLimit, givenDescriptors, hangupIgnored } from './inherited.js';

test.each([
  ['under nohup from bash', { _: '/usr/bin/nohup' }, '', true],
  ["in a script with trap '' HUP", {}, 'SigIgn:\t0000000000000005\n', true],
  ['in a plain shell', { _: '/usr/bin/node' }, 'SigIgn:\t0000000000384004\n', false],
  ['where nothing is known', {}, '', false],
])('HUP %s', (_, env, status, ignored) => {
  expect(hangupIgnored(env, status)).toBe(ignored);
});

const limits = (open: string): string => {
  const [soft, hard] = open.split(':');
  return `Limit   Soft Limit  Hard Limit  Units\nMax open files            ${soft}    ${hard}    files\n`;
};

test.each([
  ['1024:20000', '20000:20000', '1024'],
  ['20000:20000', '20000:20000', null],
  ['1024:unlimited', '1048575:unlimited', '1024'],
  // `ulimit -n 2048; exec tidemark`, and systemd's LimitNOFILE=: the parent's 1024 was not ours.
  ['1024:20000', '2048:2048', null],
  ['unlimited:unlimited', '524288:524288', null],
])('a parent with %s open files and ourselves with %s', (parents, own, restored) => {
  expect(changedLimit(limits(own), limits(parents))).toBe(restored);
});

test("descriptors that were given to us are told from Node's own", () => {
  const open = new Map(
    (
      [
        [0, '/dev/pts/0', true],
        [3, 'anon_inode:[eventpoll]', true],
        [4, 'pipe:[10]', false],
        [5, 'pipe:[10]', true],
        [6, '/tmp/input', false],
        [7, 'pipe:[99]', false],
        [10, '/dev/null', false],
        // bash keeps a second descriptor of the same end.
        [63, 'pipe:[99]', false],
      ] as const
    ).map(([fd, what, writable]) => [fd, { what, writable }]),
  );
  expect(givenDescriptors(open)).toEqual([6, 7, 63]);
});
