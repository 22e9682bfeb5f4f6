// Lines that programs print to watch themselves: "[MEMORY] phase: RSS 53.0 MB (+10.5) | Peak 3262.0 MB", and what tidemark's own
// checkpoint(phase) prints. Each name stands before its number. Programs divide by 1024 * 1024 and write MB; one that divides
// by a million reads 5 % too high here.
import { AS_PRINTED, type FigureFormat, GIB, KIB, MIB } from '../figure.js';

/** A number with its unit, of which no rate is made: "53.0 MB", "812KiB". */
function amount(group = ''): string {
  return String.raw`[ :=]{1,3}(?<${group}>\d[\d,]*(?:\.\d+)?) ?(?<${group}Unit>bytes|[KMG]i?B|[KMG]|B)(?![\w/])`;
}

export const memoryLine: FigureFormat = {
  id: 'memory-line',
  needles: ['[MEMORY]', '[MEM]', '[Memory]', '[memory]', '[mem]'],
  // Behind the tag, in any order: a look ahead for each, which may find nothing.
  pattern: new RegExp(
    String.raw`\[(?:MEMORY|MEM|[Mm]emory|mem)\]` +
      [
        ['heap', '[Hh]eap(?:[ _]?[Uu]sed)?'],
        ['rss', '(?:RSS|rss)'],
        ['peak', '[Pp]eak(?:[ _](?:RSS|rss))?'],
      ]
        .map(([group, name]) => String.raw`(?=.{0,400}?\b${name}${amount(group)}|)`)
        .join(''),
  ),
  units: AS_PRINTED,
  figures: [
    {
      group: 'heap',
      name: 'printed_heap',
      label: 'Heap printed',
      counts: 'objects',
      meaning: 'The heap in use as the program printed it ([MEMORY] … Heap 34.2 MB).',
    },
    {
      group: 'rss',
      name: 'printed_rss',
      label: 'RSS printed',
      counts: 'resident',
      meaning: 'Resident memory as the program printed it ([MEMORY] … RSS 53.0 MB).',
    },
    {
      group: 'peak',
      name: 'printed_peak',
      label: 'Peak printed',
      counts: 'peak',
      meaning: 'The highest resident memory so far as the program printed it ([MEMORY] … Peak 62.0 MB).',
    },
  ],
  examples: [
    {
      line: '[MEMORY] phase: RSS 53.0 MB (+10.5) | Peak 3262.0 MB',
      reads: { printed_rss: [53 * MIB], printed_peak: [3262 * MIB] },
    },
    {
      line: '2026-11-20T16:35:01.000Z INFO [MEMORY] parse: RSS 1,253.5 MB (+10.5) | Peak 1.5 GB | Heap 34.2 MB',
      reads: { printed_rss: [1253.5 * MIB], printed_peak: [1.5 * GIB], printed_heap: [34.2 * MIB] },
    },
    {
      line: '[mem] after gc rss=812KiB heap_used=400KiB',
      reads: { printed_rss: [812 * KIB], printed_heap: [400 * KIB] },
    },
  ],
  refuses: [
    'RSS 53.0 MB',
    '[MEMORY] reading rate RSS 53.0 MB/s',
    '[MEMORY] limit 512 MB',
    'fetched the RSS 2.0 feed [MEMORY]',
    '[MEMORY] RSS 2 feeds',
  ],
};
