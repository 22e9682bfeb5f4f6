// Files without stamps: not one instant may be invented, however much the text looks like one.
import { expect, test } from 'vitest';
import { textFile } from './fixtures-text.js';
import { openLog } from './store.js';

const many = (line: (at: number) => string, count = 40): string =>
  Array.from({ length: count }, (_, at) => `${line(at)}\n`).join('');
/** Numbers that jump about, the same in every run. */
const scattered = (at: number): number => ((at * 7919) % 1009) / 1009;

test.each([
  ['compiler output', many((at) => `/src/heap.cc:${at * 12 + 100}:34: warning: unused variable 't${at}' [-Wunused]`)],
  [
    'a build with percentages',
    many((at) => `[${String(at).padStart(3)}%] Building CXX object core.dir/heap${at}.cc.o`),
  ],
  [
    'account numbers that look like epoch seconds',
    many((at) => `${Math.floor(1.5e9 + 2e8 * scattered(at))} ada ${at}`),
  ],
  [
    'identifiers that look like epoch ms',
    many((at) => `{"id":${Math.floor(1.5e12 + 2e11 * scattered(at))},"name":"ada"}`),
  ],
  [
    'a table of numbers',
    `step,loss,tokens\n${many((at) => `${at * 100},${(3 / (at + 1)).toFixed(5)},${Math.floor(1.5e9 + 1e8 * scattered(at))}`)}`,
  ],
  [
    'prose with dates',
    'We moved the deadline from 2026-05-20 to 2026-06-01 because\nthe run of 2026-05-20 10:00:00 had failed at 10:31:07 in the morning.\nSee the notes of 2024-01-01.\nNothing else changed.\n',
  ],
  ['levels without times', many((at) => `${at % 2 ? 'DEBUG' : 'INFO'}:anaconda.modules:loaded part ${at}`)],
  [
    'progress with elapsed times',
    many((at) => `Epoch ${at}: loss ${scattered(at).toFixed(3)} [00:0${at % 10}:12<00:10:00, 1.50it/s]`),
  ],
  [
    'ffmpeg statistics',
    many(
      (at) =>
        `frame= ${at * 24} fps= 24 q=28.0 size= 256kB time=00:00:${String(at).padStart(2, '0')}.12 bitrate=2097.2kbits/s`,
    ),
  ],
  ['how long each step took', many((at) => `step ${at} done, elapsed 00:0${at % 6}:${10 + at}`)],
  [
    'versions and addresses',
    many((at) => `pkg-${at} 2024.05.${(at % 28) + 1} from 10.0.0.${at}:8080 (mac aa:bb:cc:10:20:30)`),
  ],
  ['a listing of files', many((at) => `-rw-r--r-- 1 root root ${1000 + at} May 20 10:0${at % 10} file-${at}.txt`)],
  ['unique ids', many((at) => `00000000-1111-2222-${String(3000 + at)}-0123456789ab created`)],
  [
    'one date in a long text',
    `${many((at) => `paragraph ${at} of a text`)}2026-05-20 10:00:00 was when it ended\n${many((at) => `and so on ${at}`)}`,
  ],
  [
    'a build date',
    'tool 1.2.3 (built on Wed May 20 10:00:00 2026)\nDate: Wed, 20 May 2026 10:00:00 +0000\nusage: tool FILE\n',
  ],
  ['gnuplot data', many((at) => `${(at * 0.01).toFixed(3)} ${scattered(at).toFixed(4)}`)],
  ['a table with a descending column', many((at) => `${(9 - at * 0.2).toFixed(3)}\tpoint ${at}`)],
])('%s', async (_name, text) => {
  const log = openLog(textFile(text), { modifiedMs: Date.parse('2026-05-20T12:00:00Z') });
  await log.index();
  const invented: unknown[] = [];
  for await (const block of log.readings())
    for (const reading of block) if (reading.timeMs !== null) invented.push(reading);
  expect(invented).toEqual([]);
  expect(log.facts().format).toBeNull();
  expect(log.facts().firstMs).toBeNull();
  expect(log.remarks.join(' ')).toContain('No line carries a date');
});
