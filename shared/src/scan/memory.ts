// The memory that compiled scanners (*.as.ts) work on. Files are read into its room, so that nothing is copied. One for each thread.
import { PAGES, ROOM_AT, ROOM_BYTES } from './layout.js';

/** The little of WebAssembly that is used: `shared` has no host's types at hand. */
interface Wasm {
  readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  validate(bytes: Uint8Array): boolean;
}

/** Undefined where it was switched off (`node --jitless`), and in engines without it. */
const wasm = (globalThis as { readonly WebAssembly?: Wasm }).WebAssembly;

let memory: InstanceType<Wasm['Memory']> | null = null;

/** What files are read into: inside the memory where there is one. Used by all files of the thread in turn. */
export function makeRoom(): Uint8Array<ArrayBuffer> {
  const there = memoryOf();
  return there === null ? new Uint8Array(ROOM_BYTES) : new Uint8Array(there.buffer, ROOM_AT, ROOM_BYTES);
}

/** The memory's bytes; null without WebAssembly. */
export function scanMemory(): ArrayBuffer | null {
  return memoryOf()?.buffer ?? null;
}

/**
 * A scanner's exports; null where there is no WebAssembly, no SIMD, or no leave to compile: what the scanner does is then done in
 * JavaScript. `bytes`: what an import of a *.wasm gives.
 */
export function startScanner<Exports extends object>(bytes: Uint8Array): Exports | null {
  const there = memoryOf();
  if (there === null || wasm === undefined || !wasm.validate(bytes)) return null;
  try {
    return new wasm.Instance(new wasm.Module(bytes), { env: { memory: there } }).exports as Exports;
  } catch {
    // A policy of the page, or no memory for code.
    return null;
  }
}

function memoryOf(): InstanceType<Wasm['Memory']> | null {
  if (memory === null && wasm !== undefined) {
    try {
      memory = new wasm.Memory({ initial: PAGES, maximum: PAGES });
    } catch {
      // No address space for it (ulimit -v): memory stays null.
    }
  }
  return memory;
}
