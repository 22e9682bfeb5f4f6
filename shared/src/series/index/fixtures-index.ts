// For tests: an index in memory, whose bytes can be looked at and damaged.
import type { IndexFile, IndexHost } from '../../index-file.js';
import { openKeeper } from './keeping.js';

export interface MemoryIndex extends IndexHost {
  /** What the next `reopen` finds. */
  kept: { bytes: Uint8Array } | null;
  id: string;
  modifiedMs: number;
  created: number;
  reopened: number;
}

export function memoryIndex(fromBytes = 0): MemoryIndex {
  const fileOn = (own: { bytes: Uint8Array }): IndexFile => ({
    read: async (from, to) => own.bytes.slice(from, to),
    scan: async (from, to, use) => use(own.bytes.slice(from, to)),
    write: async (at, bytes) => {
      if (at + bytes.length > own.bytes.length) {
        const larger = new Uint8Array(at + bytes.length);
        larger.set(own.bytes);
        own.bytes = larger;
      }
      own.bytes.set(bytes, at);
    },
    keep: async () => {
      host.kept = own;
    },
    close: async () => undefined,
  });
  const host: MemoryIndex = {
    fromBytes,
    kept: null,
    id: 'one',
    modifiedMs: 1,
    created: 0,
    reopened: 0,
    identity: async () => ({ id: host.id, modifiedMs: host.modifiedMs }),
    reopen: async () => {
      if (host.kept === null) return null;
      host.reopened++;
      return fileOn(host.kept);
    },
    create: async () => {
      host.created++;
      return fileOn({ bytes: new Uint8Array(0) });
    },
    keeper: openKeeper,
    checksum: (bytes) => {
      let sum = 2166136261;
      for (const byte of bytes) sum = Math.imul(sum ^ byte, 16777619);
      return sum >>> 0;
    },
  };
  return host;
}
