import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
const at = (name: string): string => join(folder, name);

test.each([0, Number.POSITIVE_INFINITY])(
  'parts are one time line, while they grow, move and go (index from %d bytes)',
  async (fromBytes) => {
    const csv = at('memory.csv');
    writeFileSync(at('memory.0001.csv'), HEADER + rows(0, 300));
    writeFileSync(at('memory.0002.csv'), HEADER + rows(300, 600));
    writeFileSync(csv, HEADER + rows(600, 700));
    const source = partsSource(csv);
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

    rmSync(at('memory.0001.csv'));
    renameSync(csv, at('memory.0004.csv'));
    writeFileSync(csv, HEADER);
    expect(await store.extend()).toBe('rebuilt');
    expect(await said()).toMatchObject({ rows: 460, extremes: { min: 301, max: 760 } });
    await source.close();
    await host.close();
  },
);

test('a log in parts has no header to leave out', async () => {
  writeFileSync(at('output.0001.log'), 'one\n');
  writeFileSync(at('output.log'), 'two\n');
  const source = partsSource(at('output.log'), 'output.log', false);
  const size = await source.size();
  expect(new TextDecoder().decode(await source.read(0, size))).toBe('one\ntwo\n');
  await source.close();
});

test('a file without parts is read as it is, and one that is not there is said', async () => {
  writeFileSync(at('memory.csv'), HEADER);
  const source = partsSource(at('memory.csv'));
  expect(await source.size()).toBe(HEADER.length);
  await source.close();
  await expect(partsSource(at('none.csv')).size()).rejects.toThrow('there is no such file');
});
