// Python's tracemalloc has no output of its own; these are the ways in which its numbers are usually printed.
//
// "Current memory usage is 0.08552MB; Peak was 0.085833MB" divides by 10**6, as the example that everybody copies does; a
// unit behind "tracemalloc" is taken as it is printed (MB is 1024 * 1024). "Total allocated size" is display_top of Python's own
// documentation. Only what Python's allocator handed out while tracing is in it.
import { AS_PRINTED, type Figure, type FigureFormat, KIB, MIB } from '../figure.js';

const TRACED: Figure = {
  group: 'traced',
  name: 'python_traced',
  label: 'Python traced',
  counts: 'objects',
  meaning: 'What tracemalloc counted: memory that Python’s allocator handed out since tracing began.',
};

const PEAK: Figure = {
  group: 'peak',
  name: 'python_traced_peak',
  label: 'Python traced peak',
  counts: 'peak',
  meaning: 'The highest that tracemalloc counted since tracing began or the peak was reset.',
};

export const tracemallocDecimal: FigureFormat = {
  id: 'tracemalloc-decimal',
  needles: ['Current memory usage is '],
  pattern:
    /\bCurrent memory usage is (?<traced>\d+(?:\.\d+)?(?:e-?\d+)?) ?(?<unit>[KMG]?B); Peak was (?<peak>\d+(?:\.\d+)?(?:e-?\d+)?) ?[KMG]?B\b/,
  units: { b: 1, kb: 1e3, mb: 1e6, gb: 1e9 },
  figures: [TRACED, PEAK],
  examples: [
    {
      line: 'Current memory usage is 0.08552MB; Peak was 0.085833MB',
      reads: { python_traced: [85_520], python_traced_peak: [85_833] },
    },
  ],
  refuses: ['Current memory usage is low; Peak was yesterday', 'Current memory usage is 12%; Peak was 20%'],
};

export const tracemallocNamed: FigureFormat = {
  id: 'tracemalloc',
  needles: ['tracemalloc', 'traced memory', 'Traced memory', 'Total allocated size'],
  pattern:
    /(?:\b(?:tracemalloc|[Tt]raced memory)\b[^\d\n]{0,40}?\bcurrent\b[ :=]{0,3}(?<traced>\d[\d,]*(?:\.\d+)?) ?(?<tracedUnit>bytes|[KMG]?i?B)?\b(?:[^\d\n]{0,20}?\bpeak\b[ :=]{0,3}(?<peak>\d[\d,]*(?:\.\d+)?) ?(?<peakUnit>bytes|[KMG]?i?B)?(?![\w.]))?|\bTotal allocated size: (?<traced2>\d+(?:\.\d+)?) (?<traced2Unit>KiB)\b)/,
  units: AS_PRINTED,
  figures: [TRACED, PEAK],
  examples: [
    {
      line: '2026-11-20 16:35:01,123 INFO tracemalloc: current=12.5 MB, peak=40.0 MB',
      reads: { python_traced: [12.5 * MIB], python_traced_peak: [40 * MIB] },
    },
    {
      line: 'Traced memory: current 85520 bytes, peak 85833 bytes',
      reads: { python_traced: [85_520], python_traced_peak: [85_833] },
    },
    { line: 'tracemalloc current: 85,520', reads: { python_traced: [85_520] } },
    { line: 'Total allocated size: 1234.5 KiB', reads: { python_traced: [1234.5 * KIB] } },
  ],
  refuses: ['tracemalloc started', 'tracemalloc snapshot 3 of 12 written', 'Total allocated size: 12 blocks'],
};
