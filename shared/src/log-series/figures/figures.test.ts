import { describe, expect, test } from 'vitest';
import { readFigures } from '../figure.js';
import { FIGURES } from './index.js';

/** Bytes by the figure's name, in the order of the line. */
function reads(format: (typeof FIGURES)[number], line: string): Record<string, number[]> {
  const found: Record<string, number[]> = {};
  for (const { figure, bytes } of readFigures(format, line))
    found[figure.name] = [...(found[figure.name] ?? []), bytes];
  return found;
}

describe.each(FIGURES.map((format) => [format.id, format] as const))('%s', (_id, format) => {
  test.each(format.examples.map(({ line, reads }) => [line, reads] as const))('reads %s', (line, expected) => {
    const rounded = Object.fromEntries(Object.entries(expected).map(([name, all]) => [name, all.map(Math.round)]));
    expect(reads(format, line)).toEqual(rounded);
  });

  test.each(format.refuses)('refuses %s', (line) => {
    expect(readFigures(format, line)).toEqual([]);
  });

  test('does not read the lines of another', () => {
    const taken = FIGURES.filter((other) => other !== format)
      .flatMap((other) => other.examples.map(({ line }) => line))
      .filter((line) => readFigures(format, line).length > 0);
    expect(taken).toEqual([]);
  });
});

test('ids are unique, and a figure has one name whatever format reads it', () => {
  expect(new Set(FIGURES.map(({ id }) => id)).size).toBe(FIGURES.length);
  const known = new Map<string, string>();
  for (const { figures } of FIGURES) {
    for (const { name, label } of figures) expect(known.get(name) ?? label).toBe(label);
    for (const { name, label } of figures) known.set(name, label);
  }
});

test('who prints is told apart where the line says it', () => {
  const v8 = FIGURES.find(({ id }) => id === 'v8-gc')!;
  const [reading] = readFigures(v8, v8.examples[0]!.line);
  expect(reading?.instance).toBe('20029');
});

test('a long line costs no more than its length', () => {
  const long = `[MEMORY] ${'RSS '.repeat(1000)}[GC GC(1) Pause ${'(a) '.repeat(800)}gc 1 @1s 1%: tracemalloc MB goal heapUsed Heap: ) -> `;
  for (const format of FIGURES) expect(readFigures(format, long)).toEqual([]);
});
