import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '@tidemark/shared/logs/store.js';
import { openSeries } from '@tidemark/shared/series/store.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { indexHost } from '../index-files/index-host.js';
import { partsSource } from './parts-source.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-parts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const HEADER = 'time,elapsed_s,job_rss_bytes\n';
const rows = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => {
    const at = from + i;
    return `${new Date(Date.UTC(2026, 10, 20) + at * 1000).toISOString()},${at}.000,${at + 1}\n`;
  }).join('');
const ROW = rows(100, 101).length;
const at = (name: string): string => join(folder, name);

test.each([0, Number.POSITIVE_INFINITY])(
  'parts are one time line, while they grow, move and go (index from %d bytes)',
  async (fromBytes) => {
    const csv = at('memory.csv');
    writeFileSync(at('memory.0001.csv'), HEADER + rows(0, 300));
    writeFileSync(at('memory.0002.csv'), HEADER + rows(300, 600));
    writeFileSync(csv, HEADER + rows(600, 700));
    const source = partsSource(csv);
    const readFrom: number[] = [];
    for (const kind of ['read', 'scan'] as const) {
      const inner = source[kind] as (...args: unknown[]) => Promise<never>;
      source[kind] = (from: number, ...rest: unknown[]) => {
        readFrom.push(from);
        return inner(from, ...rest);
      };
    }
    const host = indexHost(csv, { fromBytes });
    const store = await openSeries(source, { index: { ...host, identity: () => source.identity() } });
    await store.load();
    const said = async () => {
      const { traces } = await store.window({
        fromMs: store.startMs,
        toMs: store.endMs,
        pixels: 4,
        columns: ['job_rss_bytes'],
      } as never);
      return {
        rows: store.rows,
        extremes: store.extremes.job_rss_bytes,
        remarks: store.remarks,
        traces: traces.length,
      };
    };
    expect(await said()).toMatchObject({ rows: 700, extremes: { min: 1, max: 700 }, remarks: [] });

    appendFileSync(csv, rows(700, 750));
    renameSync(csv, at('memory.0003.csv'));
    expect(await store.extend()).toBe('grown');
    writeFileSync(csv, HEADER + rows(750, 760));
    expect(await store.extend()).toBe('grown');
    expect(await said()).toMatchObject({ rows: 760, extremes: { min: 1, max: 760 }, remarks: [], traces: 1 });

    // The oldest goes: what is known of it stays known, and nothing is read anew.
    rmSync(at('memory.0001.csv'));
    renameSync(csv, at('memory.0004.csv'));
    writeFileSync(csv, HEADER + rows(760, 765));
    readFrom.length = 0;
    expect(await store.extend()).toBe('grown');
    expect(readFrom.length).toBeGreaterThan(0);
    expect(Math.min(...readFrom.filter((from) => from > 0))).toBeGreaterThan(700 * ROW);
    expect(await said()).toMatchObject({ rows: 765, extremes: { min: 1, max: 765 }, remarks: [] });

    // Its rows themselves are asked for: they are gone, and all that is left is what there is.
    const dayMs = Date.UTC(2026, 10, 20);
    const close = { fromMs: dayMs + 200_000, toMs: dayMs + 220_000, pixels: 4000 };
    const { traces } = await store.window({ ...close, columns: ['job_rss_bytes'] });
    const within = Array.from(traces[0]!.times).some((time) => time >= close.fromMs && time <= close.toMs);
    expect(within).toBe(fromBytes > 0);
    if (fromBytes === 0) expect(await said()).toMatchObject({ rows: 465, extremes: { min: 301, max: 765 } });

    // More gone than there is left: it is begun anew, and so are places that only grow.
    rmSync(at('memory.0002.csv'));
    rmSync(at('memory.0003.csv'));
    renameSync(csv, at('memory.0005.csv'));
    writeFileSync(csv, HEADER + rows(765, 770));
    expect(await store.extend()).toBe('rebuilt');
    expect(await said()).toMatchObject({ rows: 20, extremes: { min: 751, max: 770 }, remarks: [] });
    await source.close();
    await host.close();
  },
);

test('a part that goes before it was read is left out, and when several come and go unseen all is read anew', async () => {
  const csv = at('memory.csv');
  writeFileSync(at('memory.0001.csv'), HEADER + rows(0, 300));
  writeFileSync(at('memory.0002.csv'), HEADER + rows(300, 600));
  writeFileSync(csv, HEADER + rows(600, 700));
  const source = partsSource(csv);
  const store = await openSeries(source);
  const size = await source.size();
  rmSync(at('memory.0001.csv'));
  renameSync(csv, at('memory.0003.csv'));
  writeFileSync(csv, HEADER + rows(700, 710));
  expect(await source.size()).toBeLessThan(size);
  await store.extend();
  expect(store.rows).toBe(410);
  expect(store.startMs).toBe(Date.UTC(2026, 10, 20) + 300_000);

  // The running file has been put aside and removed, as has the one after it.
  rmSync(at('memory.0002.csv'));
  rmSync(at('memory.0003.csv'));
  writeFileSync(at('memory.0005.csv'), HEADER + rows(720, 1500));
  rmSync(csv);
  writeFileSync(csv, HEADER + rows(1500, 1510));
  expect(await store.extend()).toBe('rebuilt');
  expect(store.rows).toBe(790);
  expect(store.startMs).toBe(Date.UTC(2026, 10, 20) + 720_000);
  await source.close();
});

test('a log in parts has no header to leave out', async () => {
  writeFileSync(at('output.0001.log'), 'one\n');
  writeFileSync(at('output.log'), 'two\n');
  const source = partsSource(at('output.log'), 'output.log', false);
  const size = await source.size();
  expect(new TextDecoder().decode(await source.read(0, size))).toBe('one\ntwo\n');
  await source.close();
});

test('a log that is put aside is read on; only when its oldest part is removed it is read anew', async () => {
  const lines = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, i) => {
      const time = new Date(Date.UTC(2026, 10, 20) + (from + i) * 1000).toISOString();
      return `${time} stdout F line ${from + i}\n`;
    }).join('');
  writeFileSync(at('output.log'), lines(0, 2000));
  const source = partsSource(at('output.log'), 'output.log', false);
  const log = openLog(source, { kind: 'captured' });
  await log.index();
  const said = async () => {
    const [last] = (await log.lines({ clock: { zone: null, shiftMs: 0 }, lines: { last: 1 } })).slice(-1);
    return [log.generation, log.facts().lines, last?.text];
  };
  expect(await said()).toEqual([1, 2000, 'line 1999']);
  for (const part of [1, 2]) {
    renameSync(at('output.log'), at(`output.000${part}.log`));
    writeFileSync(at('output.log'), lines(1500 + part * 500, 2000 + part * 500));
    expect(await log.extend()).toBe('grown');
  }
  expect(await said()).toEqual([1, 3000, 'line 2999']);
  rmSync(at('output.0001.log'));
  renameSync(at('output.log'), at('output.0003.log'));
  writeFileSync(at('output.log'), lines(3000, 3010));
  expect(await log.extend()).toBe('rebuilt');
  expect(await said()).toEqual([2, 1010, 'line 3009']);
  await source.close();
});

test('a file without parts is read as it is, and one that is not there is said', async () => {
  writeFileSync(at('memory.csv'), HEADER);
  const source = partsSource(at('memory.csv'));
  expect(await source.size()).toBe(HEADER.length);
  await source.close();
  await expect(partsSource(at('none.csv')).size()).rejects.toThrow('there is no such file');
});
