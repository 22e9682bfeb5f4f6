// Runs soak.mjs and reads what it tells of its own memory.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** RSS after 100,000 samples, what it grew by after the first fifth, and the CPU of a sample that does not wake up for it. */
export async function soaked(ticks) {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  const job = spawn('sleep', ['86400'], { stdio: 'ignore' });
  const stdout = await new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'soak.mjs'), String(ticks), join(folder, 'a.csv'), String(job.pid)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
    });
    child.once('close', () => resolve(text));
  });
  job.kill('SIGKILL');
  // A week of rows is larger than a string may be.
  const lines = spawnSync('wc', ['-l', join(folder, 'a.csv')], { encoding: 'utf8' }).stdout;
  const rows = Number(lines.split(' ')[0]) - 1;
  rmSync(folder, { recursive: true });
  if (rows < ticks) throw new Error(`the soak wrote ${rows} rows of ${ticks}`);
  const points = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  // What grew in the first fifth is warming up.
  const warm = points[3];
  const last = points.at(-1);
  return {
    ticks,
    at100kMib: (points.find((point) => point.ticks >= 100_000) ?? last).rssKib / 1024,
    growthMib: (Math.max(...points.slice(4).map((point) => point.rssKib)) - warm.rssKib) / 1024,
    usEach: ((last.cpuS - warm.cpuS) / (last.ticks - warm.ticks)) * 1e6,
  };
}
