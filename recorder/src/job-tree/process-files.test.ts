import { describe, expect, test } from 'vitest';
import { eachChild, emptyMemory, readName, readStat, readStatus } from './process-files.js';

const STATUS = `Name:\tpython3
Umask:\t0022
State:\tS (sleeping)
Tgid:\t4711
VmPeak:\t  331000 kB
VmHWM:\t  320512 kB
VmRSS:\t  310272 kB
RssAnon:\t  300000 kB
RssFile:\t   10200 kB
RssShmem:\t      72 kB
VmSwap:\t     128 kB
Threads:\t3
SigQ:\t0/96365
voluntary_ctxt_switches:\t87
nonvoluntary_ctxt_switches:\t2
`;

function status(text: string) {
  const memory = emptyMemory();
  readStatus(Buffer.from(text), text.length, memory);
  return memory;
}

describe('/proc/PID/status', () => {
  test('memory, swap and threads', () => {
    expect(status(STATUS)).toEqual({
      hwmKib: 320512,
      rssKib: 310272,
      anonKib: 300000,
      fileKib: 10200,
      shmemKib: 72,
      swapKib: 128,
      threads: 3,
      zombie: false,
      sleeping: true,
      sleeps: 87,
    });
  });

  test('a process may be called like a field', () => {
    expect(status(STATUS.replace('python3', 'VmRSS: 1 kB'))).toMatchObject({ rssKib: 310272 });
  });

  test('a zombie has no memory, which is not the same as none used', () => {
    const text = 'Name:\tx\nState:\tZ (zombie)\nThreads:\t1\n';
    expect(status(text)).toEqual({
      hwmKib: Number.NaN,
      rssKib: Number.NaN,
      anonKib: Number.NaN,
      fileKib: Number.NaN,
      shmemKib: Number.NaN,
      swapKib: Number.NaN,
      threads: 1,
      zombie: true,
      sleeping: false,
      sleeps: Number.NaN,
    });
  });

  test('a kernel without swap prints no VmSwap', () => {
    expect(status(STATUS.replace(/VmSwap.*\n/, '')).swapKib).toBeNaN();
  });

  test('a kernel before 4.5 does not tell the parts', () => {
    expect(status(STATUS.replace(/Rss(Anon|File|Shmem).*\n/g, ''))).toMatchObject({
      rssKib: 310272,
      anonKib: Number.NaN,
      fileKib: Number.NaN,
      shmemKib: Number.NaN,
      swapKib: 128,
    });
  });
});

test.each([
  [0, 0, 0],
  [7, 65_432, 99_999_999],
  // The kernel's numbers are eight wide; from here on they are wider.
  [99_999_999, 100_000_000, 0],
  [100_000_000, 4_294_967_296, 1_000_000_000],
])('sizes of any width: %d, %d and %d KiB', (anonKib, fileKib, shmemKib) => {
  const rssKib = anonKib + fileKib + shmemKib;
  const row = (name: string, kib: number): string => `${name}:\t${String(kib).padStart(8)} kB\n`;
  const parts = row('RssAnon', anonKib) + row('RssFile', fileKib) + row('RssShmem', shmemKib);
  const text = `Name:\tx\nState:\tR (running)\n${row('VmHWM', rssKib + 1)}${row('VmRSS', rssKib)}${parts}${row('VmData', 5)}`;
  expect(status(text)).toMatchObject({ hwmKib: rssKib + 1, rssKib, anonKib, fileKib, shmemKib });
});

describe('the name', () => {
  test.each([
    [STATUS, 'python3'],
    ['Name:\ta b) VmRSS: 1\nState:\tS\n', 'a b) VmRSS: 1'],
    [`Name:\t${'n'.repeat(100)}\n`, 'n'.repeat(64)],
    ['', ''],
    ['Name:\tcut', ''],
  ])('in %j', (text, name) => {
    const into = { name: Buffer.alloc(64), nameLength: 0 };
    readName(Buffer.from(text), text.length, into);
    expect(into.name.toString('utf8', 0, into.nameLength)).toBe(name);
  });

  test('of another program does not change what was kept of the first', () => {
    const into = { name: Buffer.alloc(64), nameLength: 0 };
    const read = (name: string): Buffer => {
      readName(Buffer.from(`Name:\t${name}\n`), name.length + 7, into);
      return into.name;
    };
    const first = read('sh');
    expect(read('sh')).toBe(first);
    expect(read('shell').toString('latin1', 0, into.nameLength)).toBe('shell');
    expect(read('sh').toString('latin1', 0, into.nameLength)).toBe('sh');
    expect(first.toString('latin1', 0, 3)).toBe('sh\0');
  });
});

describe('/proc/PID/stat', () => {
  const rest = '1 4711 4711 0 -1 4194304 99 0 0 0 1 2 0 0 20 0 3 0 123456 5000 300';
  test.each([
    ['4711 (sh) S ', 'sh'],
    ['4711 (a) R (b) S ', 'a name with brackets and blanks'],
    ['4711 () S ', 'an empty name'],
  ])('%s(%s)', (head) => {
    const text = head + rest;
    expect(readStat(Buffer.from(text), text.length)).toEqual({ parent: 1, start: 123456, state: 'S' });
  });

  test('a cut text is no answer', () => {
    expect(readStat(Buffer.from('4711 (sh) S 1 47'), 16)).toBeNull();
    expect(readStat(Buffer.from(''), 0)).toBeNull();
  });
});

test.each([
  ['', []],
  ['12 ', [12]],
  ['12 345 6 ', [12, 345, 6]],
])('children %j', (text, pids) => {
  const found: number[] = [];
  eachChild(Buffer.from(text), text.length, (pid) => found.push(pid));
  expect(found).toEqual(pids);
});
