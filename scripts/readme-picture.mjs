// Makes docs/images/demo.png, the picture in the README: the demo, recorded and drawn by the built command. `pnpm readme-picture`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'tidemark-picture-'));
const tidemark = (/** @type {string[]} */ ...args) =>
  execFileSync(process.execPath, ['cli/dist/tidemark.js', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
try {
  tidemark('demo', '--no-view', '-o', join(folder, 'demo'));
  mkdirSync('docs/images', { recursive: true });
  tidemark(
    'export',
    join(folder, 'demo'),
    '-o',
    'docs/images/demo.png',
    '--title',
    'tidemark demo',
    '--column',
    'job_rss_bytes',
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
