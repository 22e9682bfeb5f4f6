// Every figure that is found by itself, one line each. A line is read by the first format that knows it.
import type { FigureFormat } from '../figure.js';
import { goGc } from './go-gc.js';
import { jvmClassic, jvmUnified } from './jvm-gc.js';
import { memoryLine } from './memory-line.js';
import { nodeMemoryUsage } from './node-memory-usage.js';
import { tracemallocDecimal, tracemallocNamed } from './tracemalloc.js';
import { v8Gc } from './v8-gc.js';

export const FIGURES: readonly FigureFormat[] = [
  v8Gc,
  goGc,
  jvmUnified,
  jvmClassic,
  memoryLine,
  nodeMemoryUsage,
  tracemallocDecimal,
  tracemallocNamed,
];
