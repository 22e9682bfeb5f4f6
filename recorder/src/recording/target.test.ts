import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isHeld, takeLock } from './lock.js';
import { folderName, lockOf, prepareTarget } from './target.js';

const START = new Date('2026-11-20T16:35:01.500Z');
const fresh = (): string => mkdtempSync(join(tmpdir(), 'target-'));

test.each([
  ['train', '2026-11-20T163501Z-train'],
  ['/usr/bin/python3', '2026-11-20T163501Z-python3'],
  ['my job: ä/b c', '2026-11-20T163501Z-b-c'],
  ['..', '2026-11-20T163501Z'],
])('%s is recorded in %s', (name, folder) => {
  expect(folderName(START, name)).toBe(folder);
});

describe('where a recording goes', () => {
  test('by default a folder of its own, also twice in a second', () => {
    const cwd = fresh();
    const first = prepareTarget(null, 'train', START, false, cwd);
    writeFileSync(first.files.memory, '');
    const second = prepareTarget(null, 'train', START, false, cwd);
    expect([first.shown, second.shown]).toEqual([
      'tidemark-runs/2026-11-20T163501Z-train',
      'tidemark-runs/2026-11-20T163501Z-train-2',
    ]);
  });

  test('a .csv has the other files beside it', () => {
    const cwd = fresh();
    const target = prepareTarget('out/mem.csv', 'x', START, false, cwd);
    expect(target.files.events).toBe(join(cwd, 'out/mem.events.csv'));
    expect(target.lock).toBe(lockOf(join(cwd, 'out/mem.csv')));
    expect(readdirSync(join(cwd, 'out'))).toEqual([]);
  });

  test('nothing that is there is written over', () => {
    const cwd = fresh();
    mkdirSync(join(cwd, 'full'));
    writeFileSync(join(cwd, 'full/notes.txt'), '');
    expect(() => prepareTarget('full', 'x', START, false, cwd)).toThrow(
      'full: the folder is not empty (it holds notes.txt)',
    );
    writeFileSync(join(cwd, 'mem.recording.json'), '');
    expect(() => prepareTarget('mem.csv', 'x', START, false, cwd)).toThrow('mem.recording.json: the file exists');
    symlinkSync('nowhere', join(cwd, 'link.csv'));
    expect(() => prepareTarget('link.csv', 'x', START, false, cwd)).toThrow('link.csv: the file exists');
  });

  test.each(['file', 'file/sub', 'file/sub/mem.csv'])('a file in the way of %s is said', (output) => {
    const cwd = fresh();
    writeFileSync(join(cwd, 'file'), '');
    expect(() => prepareTarget(output, 'x', START, false, cwd)).toThrow('a file is in the way');
  });

  test.skipIf(process.platform !== 'linux')('a place where no folder can be made is said, at once', () => {
    expect(() => prepareTarget('/proc/nowhere/x', 'x', START)).toThrow('folders cannot be made there');
  });
});

describe('one recorder at a time', () => {
  test('a live one holds the lock and is named', () => {
    const lock = join(fresh(), '.lock');
    const release = takeLock(lock, 'runs/a', 'x');
    expect(isHeld(lock, 'x')).toBe(true);
    expect(() => takeLock(lock, 'runs/a', 'x')).toThrow(
      `runs/a: another tidemark (pid ${process.pid}) is recording there`,
    );
    release();
    expect(existsSync(lock)).toBe(false);
  });

  test.each([
    ['a process that is gone', '{"pid":999999999,"start":5}'],
    ['another process with the same pid', `{"pid":${process.pid},"start":1}`],
    ['nothing', ''],
  ])('a lock of %s does not count', (_, text) => {
    const lock = join(fresh(), '.lock');
    writeFileSync(lock, text);
    expect(isHeld(lock, 'x')).toBe(false);
    takeLock(lock, 'x', 'x')();
  });

  test.skipIf(process.platform !== 'linux')('one in another container counts as long as it writes', () => {
    const folder = fresh();
    const lock = join(folder, '.lock');
    const samples = join(folder, 'memory.csv');
    writeFileSync(lock, '{"pid":1,"start":5,"where":"elsewhere"}');
    writeFileSync(samples, '');
    expect(isHeld(lock, samples)).toBe(true);
    expect(() => takeLock(lock, 'x', samples)).toThrow('in another container or on another machine');
    const silentSince = Date.now() / 1000 - 31;
    utimesSync(samples, silentSince, silentSince);
    expect(isHeld(lock, samples)).toBe(false);
  });
});
