// The viewer's server with one log: asked while it indexes, and at random places afterwards.
import { randomNumbers, timed } from '../frame/measure.mjs';
import { started } from '../frame/server.mjs';

const QUERIES = 1000;

/** Starts a server and asks it for the session and some lines until everything is read. */
export async function opened(path) {
  const server = await started({ log: path });
  const { ask } = server;
  const begun = performance.now();
  const session = async () => JSON.parse((await ask('/api/session')).toString()).logs[0];
  // The first answer of /session waits on purpose, so that a small file is whole at once: lines are asked for before it.
  let longestMs = 0;
  let firstLinesMs = 0;
  let log = await session();
  for (;;) {
    longestMs = Math.max(
      longestMs,
      await timed(async () => {
        const shown = JSON.parse((await ask(`/api/lines?log=${log.id}&first=1&count=60`)).toString());
        if (firstLinesMs === 0 && shown.length > 0) firstLinesMs = performance.now() - begun;
      }),
    );
    log = await session();
    if (log.progress >= 1) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { ...server, log, longestMs, firstLinesMs, wholeMs: performance.now() - begun };
}

/** Random places; windows of random width by its logarithm. Milliseconds, ascending. */
export async function askAround({ log: { id, facts }, ask }) {
  const random = randomNumbers();
  const span = facts.lastMs - facts.firstMs;
  const times = { lines: [], 'marks of a window': [], 'line at an instant': [] };
  for (let i = 0; i < QUERIES; i++) {
    const first = 1 + Math.floor(random() * facts.lines);
    times.lines.push(await timed(() => ask(`/api/lines?log=${id}&first=${first}&count=60`)));
    const width = span * 1e-5 ** random();
    const from = facts.firstMs + random() * (span - width);
    times['marks of a window'].push(
      await timed(() => ask(`/api/marks?log=${id}&from=${from}&to=${from + width}&pixels=1600`)),
    );
    const instant = facts.firstMs + random() * span;
    times['line at an instant'].push(await timed(() => ask(`/api/line-at?log=${id}&time=${instant}`)));
  }
  for (const list of Object.values(times)) list.sort((a, b) => a - b);
  return times;
}
