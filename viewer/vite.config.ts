// The page. Everything it needs comes from its own server: hashed files, no inline script or style, no other origin.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const { version } = JSON.parse(readFileSync(here('package.json'), 'utf8')) as { version: string };

/**
 * Runs before anything is drawn, so that a chosen theme never flashes: a file of its own, because inline scripts are refused,
 * and no module, because those wait for the page.
 */
const themeFirst: Plugin = {
  name: 'theme-first',
  transformIndexHtml: {
    order: 'post',
    handler: () => [{ tag: 'script', attrs: { src: './theme.js' }, injectTo: 'head-prepend' }],
  },
};

export default defineConfig({
  root: here('src/client'),
  // Relative addresses: the same files work below any path.
  base: './',
  plugins: [themeFirst],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: { __TIDEMARK_VERSION__: JSON.stringify(version) },
  build: {
    outDir: here('dist/page'),
    emptyOutDir: true,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    // A data: address would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
});
