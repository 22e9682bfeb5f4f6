// The picture from the command line, of samples whose index is there: wall time and peak RSS of the whole process.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../cli/dist/tidemark.js', import.meta.url));
const TELL = 'process.on("exit",()=>process.stderr.write("\\npeak "+process.resourceUsage().maxRSS+"\\n"))';

export function exported(csv, to) {
  const started = performance.now();
  const { stderr, status } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(TELL)}`,
      COMMAND,
      'export',
      csv,
      '-o',
      to,

      '--width',
      '1600',
      '--height',
      '900',
      '--scale',
      '2',
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return { wallS: (performance.now() - started) / 1000, peakMiB: Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024 };
}
