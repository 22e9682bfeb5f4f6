// Samples and a log indexed by one server that answers meanwhile, as a page asks that is looked at, and goes on answering.
import { setTimeout as wait } from 'node:timers/promises';
import { randomNumbers, timed } from '../frame/measure.mjs';
import { started } from '../frame/server.mjs';
import { barred, memory, ms } from '../frame/table.mjs';
import { windowPath } from './served-samples.mjs';

const ROUNDS_AFTER = 1000;

/** `files` as in server.mjs; `logGb` is what the log is called in the table. */
export async function bothRows(files, logGb) {
  const server = await started(files);
  const { ask } = server;
  const random = randomNumbers();
  const session = async () => JSON.parse((await ask('/api/session')).toString());
  const part = (fromMs, toMs) => {
    const width = (toMs - fromMs) * 1e-5 ** random();
    const from = fromMs + random() * (toMs - fromMs - width);
    return [from, from + width];
  };
  /** A window, a screen of lines and their marks, somewhere in what is known; the longest wait. Milliseconds. */
  const look = async ({ recordings: [recording], logs: [log] }) => {
    const { id, facts } = log;
    const paths = [windowPath(recording, ...part(recording.startMs, recording.endMs))];
    if (facts.lines > 0) paths.push(`/api/lines?log=${id}&first=${1 + Math.floor(random() * facts.lines)}&count=60`);
    if (facts.firstMs !== null) {
      const [from, to] = part(facts.firstMs, facts.lastMs);
      paths.push(`/api/marks?log=${id}&from=${from}&to=${to}&pixels=1600`, `/api/line-at?log=${id}&time=${from}`);
    }
    let longest = 0;
    for (const path of paths) longest = Math.max(longest, await timed(() => ask(path)));
    return longest;
  };
  const read = ({ recordings, logs }) => [...recordings, ...logs].every(({ progress }) => progress >= 1);

  // The first answer waits on purpose, so that a small file is whole at once.
  let now = await session();
  let longestMs = 0;
  let answered = 0;
  while (!read(now)) {
    longestMs = Math.max(longestMs, await look(now));
    longestMs = Math.max(
      longestMs,
      await timed(async () => {
        now = await session();
      }),
    );
    answered += 1;
    await wait(20);
  }
  const indexed = await server.usage();
  for (let round = 0; round < ROUNDS_AFTER; round += 1) await look(now);
  const after = await server.usage();
  await server.stop();
  const what = `with a log of ${logGb} GB at the same time`;
  return [
    memory(
      `peak RSS ${what}, while both are indexed and ${answered} rounds of requests answered`,
      indexed.peakMiB,
      105,
    ),
    memory(`the same after ${ROUNDS_AFTER.toLocaleString('en')} rounds more`, after.peakMiB, 105),
    barred(`longest wait for an answer ${what}`, ms(longestMs), '100 ms', longestMs <= 100),
  ];
}
