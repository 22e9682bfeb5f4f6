import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFigures } from '@tidemark/shared/log-series/figure.js';
import { memoryLine } from '@tidemark/shared/log-series/figures/memory-line.js';
import { describe, expect, test } from 'vitest';
import { checkpoint } from './checkpoint.js';

/** Bytes by the figure's name. */
const figuresIn = (line: string): Record<string, number> =>
  Object.fromEntries(readFigures(memoryLine, line).map(({ figure, bytes }) => [figure.name, bytes]));

/** Half a tenth of an MB is lost in print. */
const TOLERANCE = 0.06 * 1024 ** 2;

describe('checkpoint in Node', () => {
  test('prints what the process measures, in a line that is found again', () => {
    const said: string[] = [];
    const held = Buffer.alloc(64 * 1024 * 1024, 1);
    const { rss } = process.memoryUsage();
    const line = checkpoint('load\ndata', (text) => said.push(text));
    expect(said).toEqual([`${line}\n`]);
    expect(line).toMatch(/^\[MEMORY\] load data: RSS \d+\.\d MB \| Peak \d+\.\d MB \| Heap \d+\.\d MB$/);
    const { printed_rss, printed_peak, printed_heap } = figuresIn(line);
    expect(Math.abs(printed_rss! - rss)).toBeLessThan(8 * 1024 ** 2);
    expect(printed_peak!).toBeGreaterThanOrEqual(printed_rss! - TOLERANCE);
    expect(printed_heap!).toBeLessThan(printed_rss!);
    expect(held.length).toBeGreaterThan(0);
  });

  test('the second says how much it is since the first', () => {
    const first = figuresIn(checkpoint('a', () => {})).printed_rss!;
    const line = checkpoint('b', () => {});
    const change = Number(/\(([+-]\d+\.\d)\)/.exec(line)?.[1]) * 1024 ** 2;
    expect(Math.abs(figuresIn(line).printed_rss! - first - change)).toBeLessThan(3 * TOLERANCE);
  });
});

const docs = readFileSync(new URL('../../../docs/log-series.md', import.meta.url), 'utf8');
const python = /```python\n([\s\S]*?)```/.exec(docs)?.[1] ?? '';
const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('checkpoint in Python, as the docs have it', () => {
  test('is ten lines', () => {
    expect(python.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
    expect(python).toContain('def checkpoint(');
  });

  test.skipIf(!hasPython)('prints the same line', () => {
    const script = `${python}\nheld = bytearray(64 << 20)\ncheckpoint("load")\ndel held\ncheckpoint("release")\n`;
    const { stderr, status } = spawnSync('python3', ['-c', script], { encoding: 'utf8' });
    expect(status).toBe(0);
    const [load, release] = stderr.trim().split('\n').map(figuresIn);
    expect(load!.printed_rss).toBeGreaterThan(64 * 1024 ** 2);
    expect(release!.printed_rss).toBeLessThan(load!.printed_rss! - 48 * 1024 ** 2);
    // The kernel brings its high-water mark up to date lazily, a few pages a thread late.
    expect(release!.printed_peak).toBeGreaterThanOrEqual(load!.printed_rss! - 1024 ** 2);
  });
});
