// The viewer's server with one log, in a process of its own, which says what it costs when asked. Bundled by run.mjs.
import { serve } from '../../viewer/src/server/serve.ts';

const begun = process.cpuUsage();
const served = await serve({ paths: [], logs: [process.argv[2]], empty: true, port: 0, open: false, page: new Map() });
process.on('message', async (message) => {
  if (message === 'stop') {
    await served.close();
    process.exit(0);
  }
  const { user, system } = process.cpuUsage(begun);
  process.send({ cpuS: (user + system) / 1e6, peakMiB: process.resourceUsage().maxRSS / 1024 });
});
process.send({ port: served.port });
