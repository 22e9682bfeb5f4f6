// The limit to compare with: one thread reads the file, finds every cell, parses and checks every number and time, and keeps
// nothing. Independent of tidemark's own reader. Prints JSON.
import { fstatSync, openSync, readSync } from 'node:fs';

const COMMA = 44;
const LF = 10;
const TENS = Array.from({ length: 16 }, (_, i) => 10 ** i);

const file = openSync(process.argv[2], 'r');
const size = fstatSync(file).size;
const begun = process.cpuUsage();
const started = performance.now();
const buffer = Buffer.allocUnsafeSlow(256 * 1024);
let kept = 0;
let rows = 0;
let cells = 0;
let sum = 0;
let bad = 0;
let last = 0;
let width = 0;
let day = -1;
let dayMs = 0;

for (let at = 0; at < size; ) {
  const got = readSync(file, buffer, kept, buffer.length - kept, at);
  if (got === 0) break;
  at += got;
  const end = buffer.lastIndexOf(LF, kept + got - 1) + 1;
  let from = 0;
  if (width === 0) {
    from = buffer.indexOf(LF) + 1;
    width = buffer.subarray(0, from).toString().split(',').length;
  }
  scan(from, end);
  buffer.copyWithin(0, end, kept + got);
  kept = kept + got - end;
}
const { user, system } = process.cpuUsage(begun);
console.log(
  JSON.stringify({
    rows,
    cells,
    bad,
    sum,
    last,
    cpuS: (user + system) / 1e6,
    wallS: (performance.now() - started) / 1000,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  }),
);

function scan(from, to) {
  let i = from;
  while (i < to) {
    const time = readTime(i);
    if (time < last) bad++;
    last = time;
    i += 24;
    if (buffer[i] !== COMMA) bad++;
    i++;
    for (let cell = 1; cell < width; cell++) {
      let mantissa = 0;
      let digits = 0;
      let point = -1;
      const negative = buffer[i] === 45;
      if (negative) i++;
      for (; ; i++) {
        const c = buffer[i] - 48;
        if (c >= 0 && c <= 9) {
          mantissa = mantissa * 10 + c;
          digits++;
        } else if (c === -2 && point < 0) point = i;
        else break;
      }
      if (digits > 15) bad++;
      const value = point < 0 ? mantissa : mantissa / TENS[i - point - 1];
      sum += negative ? -value : value;
      if (buffer[i] !== (cell === width - 1 ? LF : COMMA)) bad++;
      i++;
    }
    rows++;
    cells += width;
  }
}

function readTime(i) {
  const year = two(i) * 100 + two(i + 2);
  const month = two(i + 5);
  const date = two(i + 8);
  const marks =
    buffer[i + 4] === 45 &&
    buffer[i + 7] === 45 &&
    buffer[i + 10] === 84 &&
    buffer[i + 13] === 58 &&
    buffer[i + 16] === 58 &&
    buffer[i + 19] === 46 &&
    buffer[i + 23] === 90;
  const today = (year * 13 + month) * 32 + date;
  if (today !== day) {
    day = today;
    dayMs = Date.UTC(year, month - 1, date);
  }
  const [hour, minute, second] = [two(i + 11), two(i + 14), two(i + 17)];
  const ms = (buffer[i + 20] - 48) * 100 + two(i + 21);
  if (!marks || !(hour < 24 && minute < 60 && second <= 60 && ms >= 0 && ms < 1000)) bad++;
  return dayMs + hour * 3_600_000 + minute * 60_000 + second * 1000 + ms;
}

function two(i) {
  const tens = buffer[i] - 48;
  const ones = buffer[i + 1] - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
