// The page's data from the server that gave us the page.
import type { Phase } from '@tidemark/shared/phases/phase.js';
import { NO_ANNOTATIONS } from '@tidemark/shared/recording/annotations.js';
import type { Annotations } from '@tidemark/shared/recording/recording.js';
import type { DataSource, Findings, LogLine, Session } from '@tidemark/shared/view/data-source.js';
import {
  MAX_LINES_AT_ONCE,
  writeFigures,
  writeFindings,
  writeLineAt,
  writeLines,
  writeMarks,
  writeSearch,
  writeTakeAway,
  writeWindow,
} from '@tidemark/shared/view/queries.js';
import { decodeHits, decodeMarks, decodeWindow } from '@tidemark/shared/view/wire.js';
import { ask } from './ask.js';
import { streamedHits } from './streamed-hits.js';
import { followUpdates } from './updates.js';

export function openServer(): DataSource {
  // The notes as this page last read or sent them: the server merges ours with what others wrote since.
  const known = new Map<string, Annotations>();
  let saving: Promise<unknown> = Promise.resolve();
  return {
    kind: 'server',
    async session() {
      return json<Session>(await ask('session', []));
    },
    async window(request, signal) {
      return decodeWindow(await bytes(await ask('window', writeWindow(request), signal)));
    },
    async figures(request, signal) {
      return decodeWindow(await bytes(await ask('figures', writeFigures(request), signal)));
    },
    async phases(recording, column) {
      return json<Phase[]>(
        await ask('phases', [
          ['recording', recording],
          ['column', column],
        ]),
      );
    },
    async findings(request, signal) {
      return json<Findings>(await ask('findings', writeFindings(request), signal));
    },
    async marks(request, signal) {
      return decodeMarks(await bytes(await ask('marks', writeMarks(request), signal)));
    },
    async lines(request, signal) {
      const parts = splitLines(request.lines);
      const answers = await Promise.all(
        parts.map(async (lines) => json<LogLine[]>(await ask('lines', writeLines({ ...request, lines }), signal))),
      );
      return answers.flat();
    },
    async search(request, signal, onHits) {
      const pairs = writeSearch(request);
      if (onHits === undefined) return decodeHits(await bytes(await ask('search', pairs, signal)));
      return streamedHits(await ask('search', [...pairs, ['stream', '1']], signal), onHits);
    },
    async lineAt(log, clock, timeMs) {
      return json<number | null>(await ask('line-at', writeLineAt(log, clock, timeMs)));
    },
    async annotations(recording) {
      const read = await json<Annotations>(await ask('annotations', [['recording', recording]]));
      known.set(recording, read);
      return read;
    },
    saveAnnotations(recording, annotations) {
      const save = async (): Promise<void> => {
        const base = known.get(recording) ?? NO_ANNOTATIONS;
        await ask('annotations', [['recording', recording]], undefined, { annotations, base });
        known.set(recording, annotations);
      };
      // One after the other: each is told against the one before.
      const saved = saving.then(save, save);
      saving = saved.catch(() => undefined);
      return saved;
    },
    takeAway: async (request) => [await (await ask('take-away', writeTakeAway(request))).text()],
    subscribe: followUpdates,
  };
}

type Lines = Parameters<typeof writeLines>[0]['lines'];

/** Parts that fit into one request each. */
export function splitLines(lines: Lines): Lines[] {
  if ('last' in lines) return [lines];
  const parts: Lines[] = [];
  if ('count' in lines) {
    for (let done = 0; done < lines.count; done += MAX_LINES_AT_ONCE) {
      parts.push({ first: lines.first + done, count: Math.min(MAX_LINES_AT_ONCE, lines.count - done) });
    }
  } else {
    // A request line may be 16 KB: at most 8 characters a step.
    const atOnce = MAX_LINES_AT_ONCE / 2;
    for (let done = 0; done < lines.length; done += atOnce) parts.push(lines.slice(done, done + atOnce));
  }
  return parts;
}

const json = async <Value>(response: Response): Promise<Value> => (await response.json()) as Value;

const bytes = async (response: Response): Promise<Uint8Array> => new Uint8Array(await response.arrayBuffer());
