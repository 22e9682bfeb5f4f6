// `node bench/recorder/soak.mjs [ticks]`: the built recorder, beside a process that sleeps, with its clock wound forward: a tick follows the tick before at once, and
// all its clocks say that 100 ms have passed. Samplers, writer and files are the real ones. Tells its RSS along the way.
import { readFileSync } from 'node:fs';

const [ticks, folder, pid] = [Number(process.argv[2]), process.argv[3], Number(process.argv[4])];
const INTERVAL_MS = 100;
const began = Date.now();
let clock = 0;
let done = 0;
const realSetTimeout = globalThis.setTimeout;
performance.now = () => clock;
Date.now = () => began + Math.round(clock);
// What waits longer than a tick is no tick: it keeps the real clock.
globalThis.setTimeout = (callback, ms, ...rest) => {
  if (!(ms <= INTERVAL_MS)) return realSetTimeout(callback, ms, ...rest);
  // As a timer of Node's: started again by `refresh`.
  const timer = { immediate: null, refresh };
  function refresh() {
    step(ms);
    timer.immediate = setImmediate(callback);
  }
  refresh();
  return timer;
};
// Waiting without the event loop takes no time either.
Atomics.wait = (_array, _index, _value, ms) => {
  step(ms);
  return 'timed-out';
};
globalThis.clearTimeout = (
  (real) => (timer) =>
    timer?.immediate ? clearImmediate(timer.immediate) : real(timer)
)(globalThis.clearTimeout);

function step(ms) {
  clock += ms;
  done++;
  if (done % Math.round(ticks / 20) === 0) tell();
  if (done >= ticks) process.kill(process.pid, 'SIGINT');
}

function tell() {
  const { user, system } = process.cpuUsage();
  const rssKib = Number(/VmRSS:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))?.[1]);
  process.stdout.write(`${JSON.stringify({ ticks: done, rssKib, cpuS: (user + system) / 1e6 })}\n`);
}

const { record } = await import('../../recorder/dist/index.js');
await record({
  intervalMs: INTERVAL_MS,
  durationMs: null,
  output: folder,
  label: null,
  logs: [],
  quiet: true,
  resetPeaks: false,
  perProcess: false,
  gpu: false,
  version: 'bench',
  pid,
  cgroup: null,
  container: null,
});
process.exit(0);
