// Runs needles.as.ts: tells it the pairs of bytes, a group of eight each.
/// <reference path="../scan/wasm.d.ts" />
import { scanMemory, startScanner } from '../scan/memory.js';
import type { FindPair, StartPairs } from './needles.js';
import wasm from './needles.wasm';

interface Exports {
  readonly TABLES: { readonly value: number };
  find(at: number, end: number): number;
}

const GROUPS = 8;

/** Null where nothing can be compiled. */
export function compiledPairs(): StartPairs | null {
  const memory = scanMemory();
  const scanner = memory === null ? null : startScanner<Exports>(wasm);
  return memory === null || scanner === null ? null : startWith(memory, scanner);
}

function startWith(memory: ArrayBuffer, scanner: Exports): StartPairs {
  const tables = new Uint8Array(memory, scanner.TABLES.value, 64);
  /** Whose pairs the scanner looks for: several finders may look in turn. */
  let told: Uint8Array | null = null;
  return (pairs): FindPair => {
    const own = new Uint8Array(64);
    for (const [index, pair] of pairs.entries()) {
      const group = 1 << (index % GROUPS);
      const [first, second] = [pair >> 8, pair & 0xff];
      for (const [at, half] of [first & 15, first >> 4, second & 15, second >> 4].entries())
        own[16 * at + half]! |= group;
    }
    return (bytes, from) => {
      if (bytes.buffer !== memory) return null;
      if (told !== own) tables.set(own);
      told = own;
      return scanner.find(bytes.byteOffset + from, bytes.byteOffset + bytes.length) - bytes.byteOffset;
    };
  };
}
