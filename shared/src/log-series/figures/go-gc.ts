// Go's GODEBUG=gctrace=1. One line a collection, on standard error, printed when it ends.
//
// Source: the comment of gctrace in go/src/runtime/extern.go and gcMarkTermination in mgc.go: "#->#-># MB" is the heap when the
// collection began, when it ended, and what of it is alive; shifted right by 20 bits, so its "MB" is 1024 * 1024.
import { type FigureFormat, MIB } from '../figure.js';

export const goGc: FigureFormat = {
  id: 'go-gc',
  needles: [' MB goal'],
  pattern: /\bgc \d+ @\d+(?:\.\d+)?s \d+%: .{0,200}? ms cpu, (?<heap>\d+)->\d+->(?<heap2>\d+) MB, \d+ MB goal\b/,
  units: { '': MIB },
  figures: [
    {
      group: 'heap',
      name: 'go_heap',
      label: 'Go heap',
      counts: 'objects',
      meaning: 'The heap when a collection began, and what of it was alive when it ended (GODEBUG=gctrace=1).',
    },
  ],
  examples: [
    {
      // Go 1.19
      line: 'gc 7 @0.116s 0%: 0.014+0.36+0.042 ms clock, 0.029+0/0.14/0+0.085 ms cpu, 128->128->68 MB, 130 MB goal, 0 MB stacks, 0 MB globals, 2 P',
      reads: { go_heap: [128 * MIB, 68 * MIB] },
    },
    {
      // Before Go 1.18, and a collection that the program asked for
      line: 'gc 14 @3.218s 1%: 0.020+2.1+0.004 ms clock, 0.16+0.43/4.0/9.7+0.036 ms cpu, 24->25->13 MB, 26 MB goal, 8 P (forced)',
      reads: { go_heap: [24 * MIB, 13 * MIB] },
    },
  ],
  refuses: [
    'scvg: 0 MB released',
    'pacer: assist ratio=+2.4 (scan 0 MB in 4->66 MB goal)',
    'moved 128->128->68 MB, 130 MB goal',
  ],
};
