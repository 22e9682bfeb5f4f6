// The bundled demo job: a made-up order pipeline that shows every phase in about 20 s, with a log like a real one's.
// Run by `tidemark demo` as a process of its own. Memory is real: buffers that are filled, held and let go.
import { setTimeout as sleep } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';

const MIB = 1024 * 1024;
/** The whole job is stretched or squeezed by this; the tests run it faster. */
const PACE = Number(process.env.TIDEMARK_DEMO_PACE ?? 1);

type Level = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';

/** Local time and no zone, as Python's logging prints it: the commonest stamp, and the one that goes wrong most. */
function log(level: Level, text: string): void {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString();
  console.log(
    `${local.slice(0, 10)} ${local.slice(11, 19)},${local.slice(20, 23)} ${level.padEnd(7)} pipeline: ${text}`,
  );
}

const seconds = (s: number): Promise<void> => sleep(s * 1000 * PACE);

/** Memory that the system really gives: untouched pages would not count. */
const take = (mib: number): Buffer => Buffer.alloc(mib * MIB, 1);

/** Gives the memory back now and not when the collector next feels like it. */
v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

log('INFO', `service starting, pid ${process.pid}`);
await seconds(1);
log('INFO', 'configuration read from pipeline.toml');
await seconds(1);

log('INFO', 'loading data set orders-11.csv');
let dataset: Buffer[] = [];
for (let part = 0; part < 12; part++) {
  dataset.push(take(15));
  await seconds(0.03);
}
log('INFO', 'data set ready: 260000 records, 6 columns');
await seconds(2);

const BATCHES = 40;
let results: Buffer[] = [];
for (let batch = 1; batch <= BATCHES; batch++) {
  log('INFO', `processing batch ${batch}/${BATCHES} (6500 records)`);
  if (batch % 10 === 0) log('DEBUG', `heartbeat: queue depth ${41 - batch}, 3 workers idle`);
  if (batch === 17) log('WARNING', 'batch 17: 212 records without a customer, kept for a second look');
  results.push(take(2));
  await seconds(0.17);
}

log('INFO', 'validating the results');
await seconds(1.5);
log('WARNING', 'sorting all records in memory, the index does not fit');
// Taken and given back at once: samples catch its flank at best, the peak band shows its full height.
take(128);
collect();
log('ERROR', 'record 118204: price is not a number: "12,50 EUR"');
console.log('Traceback (most recent call last):');
console.log('  File "pipeline/check.py", line 88, in price_of');
console.log("ValueError: could not convert string to float: '12,50 EUR'");
log('INFO', 'record 118204 skipped');
await seconds(2);

log('INFO', 'writing report.json and releasing the data set');
dataset = [];
results = results.slice(0, 8);
collect();
await seconds(2.5);
log('INFO', `done: ${BATCHES} batches, 1 record skipped, ${results.length} results kept`);
await seconds(0.5);
