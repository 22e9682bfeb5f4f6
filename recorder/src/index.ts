// What the command line uses of the recorder.
import v8 from 'node:v8';

// The young generation stays small: a recorder makes little garbage and should look like it.
v8.setFlagsFromString('--semi-space-growth-factor=1');

export { latestRecording, type MarkOptions, mark } from './mark/mark.js';
export { type RecordOptions, record } from './record/record.js';
export { type RunOptions, runJob } from './run/run-job.js';
