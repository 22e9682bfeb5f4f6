// V8's --trace-gc: `node --trace-gc job.js`. One line a collection, printed when it ends.
//
// Source: GCTracer::Print in v8/src/heap/gc-tracer.cc: size of objects and, in brackets, committed memory, before and after. Its
// "MB" is 1024 * 1024. Node 22 and later put "pooled: N MB" behind it. Array buffers and what addons allocate are not in it.
import { type FigureFormat, MIB } from '../figure.js';

export const v8Gc: FigureFormat = {
  id: 'v8-gc',
  needles: [') -> '],
  pattern:
    /\[(?<instance>\d+):0x[0-9a-f]+\](?: +| in [^:]{0,40}: +)\d+(?:\.\d+)? ms: (?:Scavenge|Mark-Compact|Mark-sweep|Minor Mark-(?:Compact|Sweep))\b[^>]{0,40}? (?<heap>\d+\.\d) \((?<committed>\d+\.\d)\) -> (?<heap2>\d+\.\d) \((?<committed2>\d+\.\d)\) MB\b/,
  units: { '': MIB },
  figures: [
    {
      group: 'heap',
      name: 'v8_heap',
      label: 'V8 heap',
      counts: 'objects',
      meaning: 'Size of the objects on V8’s heap before and after each collection (--trace-gc); buffers are not in it.',
    },
    {
      group: 'committed',
      name: 'v8_committed',
      label: 'V8 heap committed',
      counts: 'reserved',
      meaning: 'Memory that V8 holds for its heap before and after each collection (--trace-gc).',
    },
  ],
  examples: [
    {
      // Node 20.20
      line: '[20029:0x38242c00]       18 ms: Scavenge 4.2 (5.0) -> 4.1 (6.0) MB, 0.40 / 0.00 ms  (average mu = 1.000, current mu = 1.000) allocation failure; ',
      reads: { v8_heap: [4.2 * MIB, 4.1 * MIB], v8_committed: [5 * MIB, 6 * MIB] },
    },
    {
      // Node 20.20
      line: '[21801:0x1ab74490]     1345 ms: Mark-Compact 521.8 (554.8) -> 521.4 (554.3) MB, 5.35 / 0.00 ms  (+ 0.1 ms in 2 steps since start of marking) finalize incremental marking via stack guard; GC in old space requested',
      reads: { v8_heap: [521.8 * MIB, 521.4 * MIB], v8_committed: [554.8 * MIB, 554.3 * MIB] },
    },
    {
      // Node 24.21
      line: '[21533:0x24118000]       12 ms: Scavenge 4.6 (6.6) -> 4.6 (7.6) MB, pooled: 0 MB, 0.31 / 0.00 ms  (average mu = 1.000, current mu = 1.000) allocation failure; ',
      reads: { v8_heap: [4.6 * MIB, 4.6 * MIB], v8_committed: [6.6 * MIB, 7.6 * MIB] },
    },
    {
      line: '[4321:0x5581d3c0a000]   163822 ms: Mark-sweep (reduce) 1023.4 (1058.1) -> 1022.9 (1058.6) MB, 1212.2 / 0.1 ms  (average mu = 0.1, current mu = 0.0) allocation failure; scavenge might not succeed',
      reads: { v8_heap: [1023.4 * MIB, 1022.9 * MIB], v8_committed: [1058.1 * MIB, 1058.6 * MIB] },
    },
  ],
  refuses: [
    '[20049:0x3b2c6ca0] All spaces,             used:   4211 KB, available: 4239179 KB, committed:   6140 KB',
    'copied 4.2 (5.0) -> 4.1 (6.0) MB',
    '[main] Scavenge 4.2 (5.0) -> 4.1 (6.0) MB',
  ],
};
