// The first and the last moments of a run. Lines are fitted to what lasts; that a job starts from nothing within seconds, or is
// gone at the end, is short against the whole run and yet a phase: for a long job it may be most of its memory.
import type { Piece } from './pieces.js';

/** Within this share of a change from where it begins or ends, nothing has changed yet or any more. */
const ARRIVED = 0.1;
/** A straight line spends ARRIVED of its time there; three times as much is a level of its own. */
const LASTING = 3 * ARRIVED;

/** Splits off the stretch from the first sample (and up to the last one) that is further than `tolerance` from its line. */
export function withEnds(pieces: readonly Piece[], x: Float64Array, y: Float64Array, tolerance: number): Piece[] {
  const list = pieces.map((p) => ({ ...p }));
  const first = list[0];
  const end = list[list.length - 1];
  if (first === undefined || end === undefined || x.length < 3) return list;
  const n = x.length;
  const off = (p: Piece, i: number): number => Math.abs(y[i]! - heightAt(p, x[i]!));

  if (off(end, n - 1) >= tolerance) {
    let i = n - 1;
    while (i > 0 && off(end, i - 1) >= tolerance && x[i - 1]! > end.x0) i--;
    const from = Math.max(0, i - 1);
    if (x[from]! > end.x0) {
      const y0 = heightAt(end, x[from]!);
      const y1 = y[n - 1]!;
      // From where on it stays at its last height.
      let there = n - 1;
      while (there - 1 > from && Math.abs(y[there - 1]! - y1) < ARRIVED * Math.abs(y1 - y0)) there--;
      if (x[n - 1]! - x[there]! < LASTING * (x[n - 1]! - x[from]!)) there = n - 1;
      list.push({ x0: x[from]!, x1: x[there]!, y0, y1 });
      if (there < n - 1) list.push({ x0: x[there]!, x1: end.x1, y0: y1, y1 });
      end.x1 = x[from]!;
      end.y1 = y0;
    }
  }
  if (off(first, 0) >= tolerance) {
    let i = 0;
    while (i < n - 1 && off(first, i + 1) >= tolerance && x[i + 1]! < first.x1) i++;
    const to = Math.min(n - 1, i + 1);
    if (x[to]! < first.x1) {
      const y0 = y[0]!;
      const y1 = heightAt(first, x[to]!);
      let leaves = 0;
      while (leaves + 1 < to && Math.abs(y[leaves + 1]! - y0) < ARRIVED * Math.abs(y1 - y0)) leaves++;
      if (x[leaves]! - x[0]! < LASTING * (x[to]! - x[0]!)) leaves = 0;
      list.unshift({ x0: x[leaves]!, x1: x[to]!, y0, y1 });
      if (leaves > 0) list.unshift({ x0: first.x0, x1: x[leaves]!, y0, y1: y0 });
      first.x0 = x[to]!;
      first.y0 = y1;
    }
  }
  return list;
}

function heightAt(p: Piece, x: number): number {
  return p.y0 + ((p.y1 - p.y0) * (x - p.x0)) / (p.x1 - p.x0 || 1);
}
