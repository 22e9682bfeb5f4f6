import { Option } from 'commander';
import { repeatable } from './repeatable.js';

/** Of the commands that read logs beside samples: what the program printed of its memory, in words of its own. */
export const seriesOption = (): Option =>
  new Option(
    '--series <name=pattern>',
    "read a figure of memory from the logs, e.g. 'heap=heapUsed=(?<value>[\\d.]+) ?(?<unit>MB)' (repeatable)",
  )
    .argParser(repeatable)
    .default([], 'what is found by itself');
