// `pnpm bench:recorder [seconds] [--full]`: what recording costs, beside what others cost here, in one run; prints the tables of docs/benchmarks.md.
//
// Each recorder is alone with a job of its own, as it is in use: two programs of Python, or of Node, find each other's code in the processor's caches. Those that are
// compared take turns, there and back.
// --full: five minutes of restarting children, and a week of samples (6,048,000) for the recorder's own memory instead of 300,000.
import { barred, ms, printTable, told } from '../frame/table.mjs';
import { isThere, mprof, pidstat, psrecord, tidemark } from './recorders.mjs';
import { soaked } from './soaked.mjs';
import { watch } from './watch.mjs';

const FULL = process.argv.includes('--full');
const SECONDS = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 25);

const OURS = tidemark('100ms');
const BY_PROCESS = tidemark('100ms', '--per-process');
const FAST = tidemark('10ms');
const PLAIN = psrecord();
const CHILDREN = psrecord('--include-children');
const EACH = mprof('--multiprocess');
const EACH_AND_SUM = mprof('--include-children', '--multiprocess');

const one = (does) => ({ of: `one process, ${does}`, processes: 1, does });
const tree = (does) => ({ of: `tree of 20, ${does}`, processes: 20, does });
const RESTARTING = { of: 'tree of 20, 10 restarts a second', processes: 20, does: 'restarting' };
const AT_100_HZ = { of: 'one process, at 100 Hz', processes: 1, does: 'asleep' };

/** By recorder and scene: the means of what `watch` says. */
const found = new Map();
const key = (recorder, scene) => `${recorder.name}, ${scene.of}`;

console.log('| what | CPU a sample | samples | RSS | starting, CPU |\n|---|---|---|---|---|');
for (const does of ['asleep', 'at work']) {
  await compare(one(does), [OURS, PLAIN, CHILDREN], 3);
  await compare(one(does), [mprof(), pidstat], 1);
  await compare(tree(does), [OURS, BY_PROCESS, CHILDREN, EACH, EACH_AND_SUM], 2);
  await compare(tree(does), [pidstat], 1);
}
await compare(RESTARTING, [OURS], 1, FULL ? 300 : SECONDS);
await compare(AT_100_HZ, [FAST], 1);
printVerdicts(await soaked(FULL ? 6_048_000 : 300_000));

/** Runs the recorders one after another, some times over, each second time backwards. */
async function compare(scene, recorders, turns, seconds = SECONDS) {
  const there = recorders.filter(isThere);
  const results = new Map(there.map((recorder) => [recorder, []]));
  for (let turn = 0; turn < turns; turn++)
    for (const recorder of turn % 2 === 0 ? there : there.toReversed())
      results.get(recorder).push(await watch(recorder, { ...scene, seconds }));
  for (const [recorder, runs] of results) {
    const mean = (what) => runs.reduce((sum, run) => sum + run[what], 0) / runs.length;
    const costs = runs.map((run) => run.msEach);
    const msEach = mean('msEach');
    found.set(key(recorder, scene), { ...runs.at(-1), msEach, p99Ms: mean('p99Ms') });
    const span = turns > 1 ? ` (${Math.min(...costs).toFixed(2)} to ${Math.max(...costs).toFixed(2)})` : '';
    console.log(
      `| ${key(recorder, scene)} | ${msEach.toFixed(2)} ms${span} | ${Math.round(mean('samples'))} | ${mean('rssMib').toFixed(0)} MiB | ${Math.round(mean('startMs'))} ms |`,
    );
  }
}

function printVerdicts({ ticks, at100kMib, growthMib, usEach }) {
  const alone = found.get(key(OURS, one('asleep')));
  const churn = found.get(key(OURS, RESTARTING));
  const fast = found.get(key(FAST, AT_100_HZ));
  const rssMb = (at100kMib * 2 ** 20) / 1e6;
  const against = (peer, scene, bar, shown, ours = OURS) => {
    const theirs = found.get(key(peer, scene));
    if (theirs === undefined) return [];
    const ratio = found.get(key(ours, scene)).msEach / theirs.msEach;
    const what = `CPU a sample, ${scene.of}: ${ours.name}, ${peer.name} = 1`;
    return [bar === null ? told(what, ratio.toFixed(2)) : barred(what, ratio.toFixed(2), shown, ratio <= bar)];
  };
  printTable('The recorder', [
    ...['asleep', 'at work'].flatMap((does) => [
      ...against(PLAIN, one(does), 1, '1'),
      ...against(CHILDREN, one(does), 1, '1'),
      ...against(CHILDREN, tree(does), 1 / 4, '1/4'),
      ...against(EACH_AND_SUM, tree(does), 1 / 6, '1/6'),
      ...against(EACH_AND_SUM, tree(does), 1 / 6, '1/6', BY_PROCESS),
      ...against(EACH, tree(does), null, ''),
    ]),
    barred('children restarting: second half by whole', churn.growth.toFixed(2), '1.15', churn.growth <= 1.15),
    barred('100 Hz: instants missed', `${(fast.missed * 100).toFixed(2)} %`, '1 %', fast.missed <= 0.01),
    barred('100 Hz: of one core', `${(fast.share * 100).toFixed(1)} %`, '5 %', fast.share <= 0.05),
    barred('10 Hz: p99 lateness', ms(alone.p99Ms), '5 ms', alone.p99Ms <= 5),
    barred('off the grid at the end', ms(alone.driftMs), '10 ms in an hour', alone.driftMs <= 10),
    barred('RSS after 100,000 samples', `${rssMb.toFixed(1)} MB`, '52 MB', rssMb <= 52),
    barred(
      `RSS growth after warm-up, ${ticks.toLocaleString('en')} samples`,
      `${growthMib.toFixed(1)} MiB`,
      '5 MiB',
      growthMib <= 5,
    ),
    told('CPU a sample without waking up', `${usEach.toFixed(0)} µs`),
  ]);
}
