// V8 as a recorder wants it: small. Imported first of all, before there is code worth optimizing.
//
// A tick is a few thousand steps of JavaScript and some system calls: optimized code would save it next to nothing. The optimizing compiler, its threads and
// the pages of the binary that it lives in cost 5 MB and, in the first minutes, more time than sampling. What a busy pipe brings is another
// matter: 13 ms a MiB without it, 0.7 with it.
import v8 from 'node:v8';

// The young generation stays small: a recorder makes little garbage and should look like it.
v8.setFlagsFromString('--semi-space-growth-factor=1');
v8.setFlagsFromString('--no-opt');

let allowed = false;

/** For work that is more than a tick: much output to keep, the analysis at the end. It stays allowed. */
export function allowOptimizing(): void {
  if (allowed) return;
  allowed = true;
  v8.setFlagsFromString('--opt');
}
