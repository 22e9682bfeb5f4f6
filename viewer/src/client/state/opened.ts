// What is open: the data source, its session and how the connection is. Replaced as a whole when files are dropped.

import { batch, computed, signal } from '@preact/signals';
import { TidemarkError } from '@tidemark/shared/errors.js';
import type { DataSource, Session } from '@tidemark/shared/view/data-source.js';
import { withFigures } from '@tidemark/shared/view/with-figures.js';
import { embeddedFacts, embeddedFiles } from '../data/embedded.js';
import { choice, choose, INITIAL } from './choice.js';
import { say } from './messages.js';

export type Status =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'failed'; readonly message: string; readonly advice: string | null };

export const status = signal<Status>({ kind: 'loading' });
export const source = signal<DataSource | null>(null);
/** As the source tells it. */
const told = signal<Session>({ recordings: [], logs: [] });
/** Where recordings stand at 0 that are aligned at a phase, by id; empty for their starts. Unit: epoch ms. */
export const alignedAtMs = signal<ReadonlyMap<string, number>>(new Map());
export const session = computed((): Session => {
  const at = alignedAtMs.value;
  if (at.size === 0) return told.value;
  const recordings = told.value.recordings.map((recording) => {
    const alignMs = at.get(recording.id);
    return alignMs === undefined ? recording : { ...recording, alignMs };
  });
  return { ...told.value, recordings };
});
/** False while the server does not answer; the client tries again by itself. */
export const connected = signal(true);
/** Names of files that are being read in the page; null when none are. */
export const reading = signal<string | null>(null);

export const recordings = computed(() => session.value.recordings);
export const logs = computed(() => session.value.logs);
export const live = computed(() => recordings.value.some((recording) => recording.live));

/** The source itself; `source` shows it with the figures of its logs among the columns. */
let plain: DataSource | null = null;
/** Null where the page came from a server. */
export const reportFacts = embeddedFacts();

let stopWatching: (() => void) | null = null;
/** The server had something open: a reload brings it back. */
let served = false;

/** Opens what is inside the page, where it is a report of one file; else asks the server what is open. */
export async function openAtStart(): Promise<void> {
  try {
    if (reportFacts === null) {
      const { openServer } = await import('../data/server.js');
      await use(openServer());
      served = status.peek().kind === 'ready';
    } else await openEmbedded();
  } catch (error) {
    status.value = { kind: 'failed', ...inWords(error) };
  }
}

async function openEmbedded(): Promise<void> {
  const { openFiles } = await import('../data/page.js');
  // The ids that they had where the report was made: its view names them.
  const { source, problems } = await openFiles(await embeddedFiles(), undefined, '', reportFacts?.series ?? []);
  await use(source);
  for (const problem of problems) say({ text: problem, kind: 'error' });
}

/**
 * Opens files in the page itself; nothing is sent anywhere. Logs alone go beside what is open, recordings and CSVs take its
 * place. What was open stays when the files cannot be read.
 */
export async function openDropped(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const had = status.peek().kind === 'ready' ? plain : null;
  const names = files.length === 1 ? (files[0]?.name ?? 'a file') : `${files.length} files`;
  reading.value = names;
  try {
    const [{ openFiles }, { sortFiles }] = await Promise.all([
      import('../data/page.js'),
      import('../data/sort-files.js'),
    ]);
    const beside = had !== null && sortFiles(files).recordings.length === 0;
    const { source: next, problems } = await openFiles(files, beside ? had : undefined);
    await use(next, !beside);
    if (beside) {
      const last = session.peek().logs.at(-1);
      if (last !== undefined) choose({ log: last.id });
    }
    for (const problem of problems) say({ text: problem, kind: 'error' });
    const place = had === null ? '' : beside ? ' beside what was open' : ' in place of what was open';
    const way = served && had !== null && !beside ? ' Reload the page to return to what the viewer has open.' : '';
    say({ text: `Opened ${names}${place}. Nothing was uploaded.${way}`, kind: 'done' });
  } catch (error) {
    const { message, advice } = inWords(error);
    const kept = had === null ? '' : 'What was open before is still shown.';
    say({ text: message, advice: [advice ?? '', kept].join(' ').trim(), kind: 'error' });
  } finally {
    reading.value = null;
  }
}

async function use(opened: DataSource, fresh = false): Promise<void> {
  const next = withFigures(opened);
  const first = await next.session();
  stopWatching?.();
  // At once: whoever asks the new source must not ask for what the old one had.
  batch(() => {
    if (fresh) choice.value = { ...INITIAL, theme: choice.peek().theme };
    plain = opened;
    source.value = next;
    alignedAtMs.value = new Map();
    told.value = first;
    connected.value = true;
    showStatus(first);
  });
  stopWatching = next.subscribe(
    (changed) => {
      told.value = changed;
      showStatus(changed);
    },
    (isConnected) => {
      connected.value = isConnected;
    },
  );
}

function showStatus({ recordings, logs }: Session): void {
  status.value = { kind: recordings.length + logs.length === 0 ? 'empty' : 'ready' };
}

/** The facts, and what to do about them. A bug is named as one. */
export function inWords(error: unknown): { message: string; advice: string | null } {
  if (error instanceof TidemarkError) return { message: error.message, advice: error.advice };
  if (error instanceof TypeError && /fetch|network/i.test(error.message)) {
    return {
      message: 'The viewer did not answer.',
      advice: 'Is tidemark view still running? Start it again and reload.',
    };
  }
  return { message: error instanceof Error ? error.message : String(error), advice: null };
}
