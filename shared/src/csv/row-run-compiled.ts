// Runs row-run.as.ts: tells it the shape of a row and the day, and takes over the cells that it read. Each row at which it stops is read
// by plain-rows.ts, which also learns the next day.
/// <reference path="../scan/wasm.d.ts" />
import { scanMemory, startScanner } from '../scan/memory.js';
import type { RowRoom } from './row-reader.js';
import type { RowShape, RunRows, StartRows } from './row-run.js';
import wasm from './row-run.wasm';

interface Address {
  readonly value: number;
}

interface Exports {
  readonly MOST_ROWS: Address;
  readonly MOST_CELLS: Address;
  readonly PLACES: Address;
  readonly POWERS: Address;
  readonly MOVES: Address;
  readonly KEEPS: Address;
  readonly DAY: Address;
  readonly TIMES: Address;
  readonly VALUES: Address;
  readonly count: Address;
  setRows(cells: number, time: number): void;
  setDay(ms: number): void;
  run(from: number, until: number, index: number): number;
}

/** Rows that are left to JavaScript after one of another kind, doubled with each that follows at once, up to this. */
const LONGEST_PAUSE = 64;

/** Null where nothing can be compiled. */
export function compiledRows(): StartRows | null {
  const memory = scanMemory();
  const scanner = memory === null ? null : startScanner<Exports>(wasm);
  return memory === null || scanner === null ? null : startWith(memory, scanner);
}

function startWith(memory: ArrayBuffer, scanner: Exports): StartRows {
  const { count } = scanner;
  const rows = scanner.MOST_ROWS.value;
  const cells = scanner.MOST_CELLS.value;
  const places = new Int32Array(memory, scanner.PLACES.value, cells);
  const date = new Uint8Array(memory, scanner.DAY.value, 10);
  const times = new Float64Array(memory, scanner.TIMES.value, rows);
  const values = new Float64Array(memory, scanner.VALUES.value, rows * cells);
  fillTables(memory, scanner);

  /** Whose rows the scanner reads: several files may be read in turn. */
  let told: RowShape | null = null;
  let toldMs = Number.NaN;
  const tell = ({ width, timeCell, targets }: RowShape): void => {
    for (let cell = 0; cell < width; cell++) {
      const target = targets[cell]!;
      places[cell] = target < 0 ? 0 : scanner.VALUES.value + target * rows * 8;
    }
    scanner.setRows(width, timeCell);
  };

  return (shape): RunRows | undefined => {
    if (shape.width > cells) return undefined;
    const own = values.subarray(0, shape.columns * rows);
    let pause = 0;
    let paused = 0;
    return (bytes, from, until, room) => {
      if (paused > 0) {
        paused--;
        return from;
      }
      if (bytes.buffer !== memory || room.size !== rows || Number.isNaN(shape.day.ms)) return from;
      if (told !== shape || toldMs !== shape.day.ms) {
        if (told !== shape) tell(shape);
        date.set(shape.day.date);
        scanner.setDay(shape.day.ms);
        told = shape;
        toldMs = shape.day.ms;
      }
      const base = bytes.byteOffset;
      const next = scanner.run(base + from, base + until, room.count) - base;
      const found = count.value;
      if (found === 0) {
        pause = Math.min(2 * pause + 1, LONGEST_PAUSE);
        paused = pause;
        return from;
      }
      pause = 0;
      if (room.count === 0) room.begin(from);
      if (found === rows) {
        room.times.set(times);
        room.values.set(own);
      } else takePart(room, found, times, own);
      room.count += found;
      return next;
    };
  };
}

/** Copies the cells of `found` rows behind those that a room has. */
function takePart(room: RowRoom, found: number, times: Float64Array, values: Float64Array): void {
  const { count, size } = room;
  for (let i = count; i < count + found; i++) room.times[i] = times[i]!;
  for (let column = 0; column < values.length; column += size) {
    for (let i = column + count; i < column + count + found; i++) room.values[i] = values[i]!;
  }
}

function fillTables(memory: ArrayBuffer, { POWERS, MOVES, KEEPS }: Exports): void {
  new Float64Array(memory, POWERS.value, 16).set(Array.from({ length: 16 }, (_, i) => 10 ** i));
  const moves = new Uint8Array(memory, MOVES.value, 32);
  moves.fill(0x80, 0, 16);
  for (let i = 0; i < 16; i++) moves[16 + i] = i;
  new Uint8Array(memory, KEEPS.value, 32).fill(0xff, 16);
}
