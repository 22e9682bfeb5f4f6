// What a person names on the command line (a recording's folder, a CSV, nothing) as the path of the samples.
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UnavailableError } from '@tidemark/shared/errors.js';
import { inFolder } from '@tidemark/shared/recording/files.js';
import { unavailable } from './file-source.js';
import { findRecordings, RUNS_FOLDER, samplesModifiedMs } from './find-recordings.js';
import { nearNames } from './near-names.js';

/**
 * The absolute path of the CSV that `named` means: the file itself, a recording's folder, the latest recording of a folder of
 * them, or the name of one under tidemark-runs.
 *
 * Throws UnavailableError when there is nothing of the kind, with what is there instead.
 */
export async function resolveSamples(named: string, cwd = process.cwd()): Promise<string> {
  const path = resolve(cwd, named);
  let there: Awaited<ReturnType<typeof stat>>;
  try {
    there = await stat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw unavailable(named, error as NodeJS.ErrnoException);
    const under = join(cwd, RUNS_FOLDER, named);
    // A recorder that was killed while it put a part aside left the parts alone.
    if (named.endsWith('.csv') && (await hasSamples(path))) return path;
    // A bare name, never a way out of the folder.
    if (basename(named) === named && (await hasSamples(inFolder(under, 'memory')))) return inFolder(under, 'memory');
    throw await missing(named, path, cwd);
  }
  if (there.isDirectory()) return inDirectory(named, path);
  if (basename(path) === 'recording.json') return inFolder(dirname(path), 'memory');
  if (path.endsWith('.recording.json')) return path.replace(/\.recording\.json$/, '.csv');
  return path;
}

/** The samples of the newest recording under tidemark-runs; null when there is none. */
export async function latestSamples(cwd = process.cwd()): Promise<string | null> {
  return (await findRecordings(join(cwd, RUNS_FOLDER)))[0]?.csv ?? null;
}

async function inDirectory(named: string, path: string): Promise<string> {
  const own = inFolder(path, 'memory');
  if (await hasSamples(own)) return own;
  const [latest] = await findRecordings(path);
  if (latest !== undefined) return latest.csv;
  const under = (await findRecordings(join(path, RUNS_FOLDER)))[0];
  if (under !== undefined) return under.csv;
  const csvs = (await names(path)).filter((name) => /\.csv$/i.test(name));
  throw new UnavailableError(
    `${named}: no recording in this folder (memory.csv is missing).`,
    csvs.length === 0
      ? 'Name a recording or a CSV with a time column.'
      : `Name one of its CSVs: ${listed(csvs, named)}.`,
  );
}

async function missing(named: string, path: string, cwd: string): Promise<UnavailableError> {
  const here = nearNames(basename(path), await names(dirname(path))).map(
    (name) => relative(cwd, join(dirname(path), name)) || name,
  );
  const recorded = nearNames(
    basename(path),
    (await findRecordings(join(cwd, RUNS_FOLDER))).map(({ name }) => name),
  );
  const near = [...new Set([...here, ...recorded])];
  return new UnavailableError(
    `${named}: there is no such file or recording.`,
    near.length === 0 ? '`tidemark list` shows the recordings at hand.' : `Did you mean ${near.join(' or ')}?`,
  );
}

const listed = (files: readonly string[], folder: string): string =>
  files.length > 4
    ? `${files
        .slice(0, 4)
        .map((name) => join(folder, name))
        .join(', ')} and ${files.length - 4} more`
    : files.map((name) => join(folder, name)).join(', ');

const hasSamples = async (csv: string): Promise<boolean> => (await samplesModifiedMs(csv)) !== null;

const names = async (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
