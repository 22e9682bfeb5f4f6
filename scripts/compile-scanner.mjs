// Scanners of bytes in AssemblyScript (*.as.ts), compiled to WebAssembly. A source imports "./name.wasm" and gets its bytes; the plugins
// below, for esbuild and for Vite (and so Vitest), compile name.as.ts beside it. Nothing is written beside the sources: what was
// compiled is kept in node_modules/.cache, by what it was compiled from.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const CACHE = join(root, 'node_modules/.cache/tidemark-scanners');
const LAYOUT = join(root, 'shared/src/scan/layout.ts');
const OPTIONS = [
  ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert'],
  ...['--runtime', 'stub', '--enable', 'simd', '--importMemory'],
];

/**
 * The bytes of the WebAssembly module. It has no memory of its own and no static data: all modules share one memory
 * (shared/src/scan/memory.ts), and layout.ts says who has which part of it.
 *
 * @param {string} file path of a *.as.ts
 * @returns {Promise<Uint8Array>}
 */
export async function compileScanner(file) {
  const hash = createHash('sha256').update(asc.version).update(OPTIONS.join());
  for (const source of [LAYOUT, file]) hash.update(await readFile(source));
  const kept = join(CACHE, `${basename(file, '.as.ts')}-${hash.digest('hex').slice(0, 16)}.wasm`);
  if (existsSync(kept)) return readFile(kept);

  /** @type {Uint8Array | null} */
  let made = null;
  const args = [relative(root, file), '--baseDir', root, '--outFile', 'out.wasm', ...OPTIONS];
  const { error, stderr } = await asc.main(args, {
    writeFile: (/** @type {string} */ _, /** @type {Uint8Array} */ contents) => {
      made = contents;
    },
  });
  if (error !== null || made === null) throw new Error(`${file} could not be compiled:\n${stderr.toString()}`);
  if (hasStaticData(made)) {
    throw new Error(
      `${file}: static data (a string, an array) would overwrite another scanner's; use addresses of layout.ts`,
    );
  }
  // Whole or not at all: several processes may do this at once.
  await mkdir(CACHE, { recursive: true });
  await writeFile(`${kept}.${process.pid}`, made);
  await rename(`${kept}.${process.pid}`, kept);
  return made;
}

/** @param {Uint8Array} wasm */
function hasStaticData(wasm) {
  const DATA_SECTION = 11;
  let at = 8;
  while (at < wasm.length) {
    const section = wasm[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++] ?? 0;
      size |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    if (section === DATA_SECTION) return true;
    at += size;
  }
  return false;
}

/** @param {Uint8Array} wasm the module as the text of a JavaScript module */
const asModule = (wasm) =>
  `export default Uint8Array.from(atob('${Buffer.from(wasm).toString('base64')}'), (char) => char.charCodeAt(0));\n`;

const sourceOf = (/** @type {string} */ folder, /** @type {string} */ path) =>
  join(folder, path.replace(/\.wasm$/, '.as.ts'));

/** @type {import('esbuild').Plugin} */
export const scannersForEsbuild = {
  name: 'scanners',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.{1,2}\/.*\.wasm$/ }, ({ path, resolveDir }) => ({
      path: sourceOf(resolveDir, path),
      namespace: 'scanner',
      sideEffects: false,
    }));
    onLoad({ filter: /./, namespace: 'scanner' }, async ({ path }) => ({
      contents: asModule(await compileScanner(path)),
      watchFiles: [path, LAYOUT],
    }));
  },
};

/** @type {import('vite').Plugin} */
export const scannersForVite = {
  name: 'scanners',
  enforce: 'pre',
  resolveId: (path, importer) =>
    /^\.{1,2}\/.*\.wasm$/.test(path) && importer !== undefined ? `${sourceOf(dirname(importer), path)}?compiled` : null,
  async load(id) {
    if (!id.endsWith('.as.ts?compiled')) return null;
    const file = id.slice(0, -'?compiled'.length);
    this.addWatchFile(file);
    return asModule(await compileScanner(file));
  },
};
