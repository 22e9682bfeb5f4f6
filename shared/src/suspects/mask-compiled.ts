// Runs mask.as.ts, with the tables of byte-classes.ts.
/// <reference path="../scan/wasm.d.ts" />
import { scanMemory, startScanner } from '../scan/memory.js';
import { CLASSES, JOINERS, METHODS, MONTHS_AND_DAYS } from './byte-classes.js';
import wasm from './mask.wasm';
import type { StatementKey } from './pieces.js';

interface Address {
  readonly value: number;
}

interface Exports {
  readonly CLASSES: Address;
  readonly JOINERS: Address;
  readonly METHODS: Address;
  readonly MONTHS_AND_DAYS: Address;
  setWords(methods: number, monthsAndDays: number): void;
  key(from: number, to: number): number;
}

/** Null where nothing can be compiled. */
export function compiledStatementKey(): StatementKey | null {
  const memory = scanMemory();
  const scanner = memory === null ? null : startScanner<Exports>(wasm);
  if (memory === null || scanner === null) return null;
  new Uint8Array(memory, scanner.CLASSES.value, 256).set(CLASSES);
  new Uint8Array(memory, scanner.JOINERS.value, 256).set(JOINERS);
  const words = (at: Address, of: ReadonlySet<number>): void => {
    new BigInt64Array(memory, at.value, of.size).set([...of].map(BigInt));
  };
  words(scanner.METHODS, METHODS);
  words(scanner.MONTHS_AND_DAYS, MONTHS_AND_DAYS);
  scanner.setWords(METHODS.size, MONTHS_AND_DAYS.size);
  const { key } = scanner;
  return (bytes, from, to) => {
    if (bytes.buffer !== memory) return Number.NaN;
    const base = bytes.byteOffset;
    return key(base + from, base + to);
  };
}
