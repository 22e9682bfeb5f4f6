// What `console.log(process.memoryUsage())` prints, and loggers that put the same object into JSON. Bytes.
//
// Source: process.memoryUsage() in Node's documentation: heapUsed is V8's count of its objects.
import type { FigureFormat } from '../figure.js';

export const nodeMemoryUsage: FigureFormat = {
  id: 'node-memory-usage',
  needles: ['heapUsed'],
  pattern: /(?:\brss"?: ?(?<rss>\d{5,})\b.{0,120}?)?\bheapUsed"?: ?(?<heap>\d{5,})\b/,
  units: { '': 1 },
  figures: [
    {
      group: 'heap',
      name: 'node_heap',
      label: 'Node heap used',
      counts: 'objects',
      meaning: 'heapUsed of process.memoryUsage(): the objects on V8’s heap.',
    },
    {
      group: 'rss',
      name: 'node_rss',
      label: 'Node RSS printed',
      counts: 'resident',
      meaning: 'rss of process.memoryUsage(), as the program printed it.',
    },
  ],
  examples: [
    { line: '  heapUsed: 4769000,', reads: { node_heap: [4_769_000] } },
    {
      line: '{"level":30,"time":1795194332053,"mem":{"rss":43216896,"heapTotal":6537216,"heapUsed":4769000,"external":423221}}',
      reads: { node_heap: [4_769_000], node_rss: [43_216_896] },
    },
  ],
  refuses: ['heapUsed: 45.2 MB', 'heapUsed is what V8 counts', 'heapUsed: 12'],
};
