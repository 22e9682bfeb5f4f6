// The index alone: a CSV is read and indexed as the viewer does it, with nobody asking. To be bundled. Prints JSON.
import { setImmediate } from 'node:timers/promises';
import { openSeries } from '../../shared/src/series/store.ts';
import { indexHost } from '../../viewer/src/server/index-files/index-host.ts';
import { fileSource } from '../../viewer/src/server/open/file-source.ts';

const [csv] = process.argv.slice(2);
const begun = process.cpuUsage();
const started = performance.now();
const host = indexHost(csv);
const store = await openSeries(fileSource(csv), { index: host });
await store.load(undefined, undefined, () => setImmediate());
const { user, system } = process.cpuUsage(begun);
const wallS = (performance.now() - started) / 1000;
const peakMiB = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ rows: store.rows, cpuS: (user + system) / 1e6, wallS, peakMiB }));
await host.close();
