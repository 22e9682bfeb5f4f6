// The page of one piece: viewer/dist/page/report.html, the same page with its script, style and fonts inside and a mark where data go
// (viewer/src/html/embed.ts). It may run its own two scripts, by their hashes, and reach nothing.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const CLIENT = 'viewer/src/client';
const DATA_MARK = '<!-- tidemark:data -->';
/** Letters of the Latin alphabet are enough here; the rest comes from the reader's system. */
const FONTS = {
  'Inter_400Regular.ttf': 'inter-latin-400-normal.woff2',
  'Inter_600SemiBold.ttf': 'inter-latin-600-normal.woff2',
};

export async function buildReportPage() {
  const { version } = JSON.parse(await readFile('viewer/package.json', 'utf8'));
  const { outputFiles } = await build({
    entryPoints: [`${CLIENT}/main.tsx`],
    bundle: true,
    minify: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    target: ['chrome123', 'firefox121', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { __TIDEMARK_VERSION__: JSON.stringify(version) },
    loader: { '.woff2': 'dataurl' },
    plugins: [smallFonts],
    legalComments: 'inline',
    logLevel: 'warning',
  });
  const text = (/** @type {string} */ suffix) => {
    const file = outputFiles.find(({ path }) => path.endsWith(suffix));
    if (file === undefined) throw new Error(`the page of one piece has no ${suffix}`);
    return file.text.trim();
  };
  const script = text('.js').replaceAll('</script', '<\\/script');
  const style = text('.css').replaceAll('</style', '<\\/style');
  const theme = (await readFile(`${CLIENT}/public/theme.js`, 'utf8')).trim();
  const icon = (await readFile(`${CLIENT}/public/icon.svg`, 'utf8')).trim();
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)} ${hash(theme)}`,
    `style-src ${hash(style)}`,
    'worker-src blob:',
    'font-src data:',
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>tidemark</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}">
<script>${theme}</script>
<style>${style}</style>
</head>
<body>
<div id="page"></div>
<noscript>tidemark draws with JavaScript, all of it inside this file. Please allow it for this page.</noscript>
${DATA_MARK}
<script>${script}</script>
</body>
</html>
`;
  await writeFile('viewer/dist/page/report.html', html);
}

const hash = (/** @type {string} */ text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** @type {import('esbuild').Plugin} */
const smallFonts = {
  name: 'small-fonts',
  setup({ onResolve }) {
    onResolve({ filter: /\.ttf$/ }, ({ path }) => {
      const small = Object.entries(FONTS).find(([large]) => path.endsWith(large))?.[1];
      if (small === undefined) return { errors: [{ text: `there is no small font for ${path}` }] };
      return { path: `${process.cwd()}/viewer/node_modules/@fontsource/inter/files/${small}` };
    });
  },
};
