// How far a store had read when it kept its index, and whether the file is still one that begins like that.
import type { ByteSource } from '../bytes.js';
import type { SavedTroubles } from '../csv/troubles.js';

export interface ReadSoFar {
  /** First byte, and first line, that was not read. */
  readonly offset: number;
  readonly line: number;
  /** Of the whole file then. */
  readonly size: number;
  readonly modifiedMs: number;
  /** Of the bytes before `offset`. */
  readonly lastSum: number;
  readonly lastLength: number;
  readonly troubles: SavedTroubles;
}

/**
 * A file that only grew since still has its bytes before `offset`. One of the same size that was written to was changed in
 * place.
 */
export async function stillFits(
  state: ReadSoFar,
  source: ByteSource,
  size: number,
  modifiedMs: number,
  checksum: (bytes: Uint8Array) => number,
): Promise<boolean> {
  if (size < state.size || (size === state.size && modifiedMs !== state.modifiedMs)) return false;
  const last = await source.read(state.offset - state.lastLength, state.offset);
  return last.length === state.lastLength && checksum(last) === state.lastSum;
}
