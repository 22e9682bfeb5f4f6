// What the command line uses of the recorder.
import './sampling/engine.js';

export { latestRecording, type MarkOptions, mark } from './mark/mark.js';
export { type RecordOptions, record } from './record/record.js';
export { type RunOptions, runJob } from './run/run-job.js';
