// Scripts that measure sources (and not what was built) are bundled first, as the build does it.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { scannersForEsbuild } from '../../scripts/compile-scanner.mjs';

/** `entries`: script paths by name. Afterwards `folder` holds NAME.mjs for each. */
export function bundled(entries, folder) {
  return build({
    entryPoints: entries,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'warning',
    plugins: [scannersForEsbuild],
    nodePaths: [fileURLToPath(new URL('../../viewer/node_modules', import.meta.url))],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
}
