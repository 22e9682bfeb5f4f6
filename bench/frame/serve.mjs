// The built viewer's server in a process of its own, which says what it costs when asked (server.mjs does).
// Arguments: a CSV or nothing, a log or nothing.
import { serve } from '../../viewer/dist/index.js';

const [csv, log] = process.argv.slice(2);
const begun = process.cpuUsage();
const served = await serve({
  paths: csv === '' ? [] : [csv],
  logs: log === '' ? [] : [log],
  port: 0,
  open: false,
});
process.on('message', async (message) => {
  if (message === 'stop') {
    await served.close();
    process.exit(0);
  }
  const { user, system } = process.cpuUsage(begun);
  process.send({ cpuS: (user + system) / 1e6, peakMiB: process.resourceUsage().maxRSS / 1024 });
});
process.send({ port: served.port });
