// The files of the page, read once at the start: no path from a request ever reaches the disk.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UnavailableError } from '@tidemark/shared/errors.js';

export interface PageFile {
  readonly bytes: Buffer;
  readonly type: string;
  /** The name changes with the content, so a browser may keep it. */
  readonly lasting: boolean;
}

/** By path in the URL; the page itself is "/". */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** Of most servers never asked for: read when it is. */
const REPORT = 'report.html';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
};

/** Throws UnavailableError when the page was not built. */
export async function readPageFiles(folder = pageFolder()): Promise<PageFiles> {
  const files = new Map<string, PageFile>();
  let entries: Awaited<ReturnType<typeof list>>;
  try {
    entries = await list(folder);
  } catch (cause) {
    throw new UnavailableError(`The page is not built: ${folder} is missing.`, 'Run `npm run build`.', { cause });
  }
  for (const path of entries) {
    const type = TYPES[extname(path)];
    if (type === undefined || relative(folder, path) === REPORT) continue;
    const url = `/${relative(folder, path).split(sep).join('/')}`;
    const file = { bytes: await readFile(path), type, lasting: url.startsWith('/assets/') };
    files.set(url === '/index.html' ? '/' : url, file);
  }
  // Browsers ask for it of their own accord, sometimes before they have read that the icon is elsewhere.
  const icon = files.get('/icon.svg');
  if (icon !== undefined) files.set('/favicon.ico', icon);
  if (!files.has('/'))
    throw new UnavailableError(`The page is not built: ${folder} has no index.html.`, 'Run `npm run build`.');
  return files;
}

/** The page of one piece, made by scripts/build-report-page.mjs. Throws UnavailableError when it was not built. */
export async function reportTemplate(folder = pageFolder()): Promise<string> {
  return readFile(join(folder, REPORT), 'utf8').catch((cause: unknown) => {
    throw new UnavailableError('The page for reports is not built.', 'Run `npm run build`.', { cause });
  });
}

async function list(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** `dist/page` of this package, from wherever in it this code was bundled to. */
function pageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'dist', 'page');
}
