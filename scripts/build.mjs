// Builds what is shipped: three packages, each with `shared` inside it. `dist` is made anew every time.
//   recorder/dist/index.js    needs systeminformation
//   viewer/dist/index.js      needs express, helmet, chart.js, @napi-rs/canvas; viewer/dist/page is the built page
//   cli/dist/tidemark.js      needs the two above; each subcommand is a chunk that loads when it is called
import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { build as buildPage } from 'vite';
import { buildReportPage } from './build-report-page.mjs';
import { scannersForEsbuild } from './compile-scanner.mjs';

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  sourcemap: false,
  logLevel: 'warning',
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'inline',
  plugins: [scannersForEsbuild],
  // Bundled CommonJS (papaparse, commander) may call require, which an ES module does not have.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

await Promise.all(['recorder', 'viewer', 'cli'].map((part) => rm(`${part}/dist`, { recursive: true, force: true })));
await Promise.all([
  build({
    ...common,
    entryPoints: { index: 'recorder/src/index.ts', checkpoint: 'recorder/src/checkpoint/checkpoint.ts' },
    outdir: 'recorder/dist',
    external: ['systeminformation'],
  }),
  build({
    ...common,
    entryPoints: { index: 'viewer/src/index.ts', 'chunks/findings-thread': 'viewer/src/server/findings/thread.ts' },
    outdir: 'viewer/dist',
    external: ['express', 'helmet', 'chart.js', 'chart.js/*', '@napi-rs/canvas'],
  }),
  build({
    ...common,
    entryPoints: { tidemark: 'cli/src/tidemark.ts', 'demo-job': 'cli/src/demo/job.ts' },
    outdir: 'cli/dist',
    external: ['@tidemark/recorder', '@tidemark/viewer'],
    banner: { js: `#!/usr/bin/env node\n${common.banner.js}` },
  }),
]);
await chmod('cli/dist/tidemark.js', 0o755);

await buildPage({ configFile: 'viewer/vite.config.ts', logLevel: 'warn' });
await buildReportPage();

// The fonts of the page and of the pictures; the licence travels with them.
const fonts = 'viewer/node_modules/@expo-google-fonts/inter';
await mkdir('viewer/dist/fonts', { recursive: true });
await cp(`${fonts}/400Regular/Inter_400Regular.ttf`, 'viewer/dist/fonts/Inter-Regular.ttf');
await cp(`${fonts}/600SemiBold/Inter_600SemiBold.ttf`, 'viewer/dist/fonts/Inter-SemiBold.ttf');
await cp(`${fonts}/LICENSE_FONT`, 'viewer/dist/fonts/Inter-LICENSE.txt');

// Younger than every source from now on: build-if-needed.mjs compares with it.
await writeFile('cli/dist/.built', '');
