// Scores `tidemark logs` over log samples with known answers, where they lie beside the repository. Needs a build.
//   node scripts/score-logs.mjs [options of score.mjs, e.g. --families --show 3]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const samples = '../shared/corpus/logs';
const command = 'cli/dist/tidemark.js';

if (!existsSync(`${samples}/score.mjs`)) {
  console.log(`score:logs skipped: there are no samples at ${samples}`);
} else if (!existsSync(command)) {
  console.error(`score:logs: ${command} is not there; run "node scripts/build.mjs" first`);
  process.exitCode = 1;
} else {
  const options = process.argv.slice(2);
  const { status } = spawnSync(
    process.execPath,
    [
      `${samples}/score.mjs`,
      samples,
      ...(options.length > 0 ? options : ['--families']),
      '--',
      process.execPath,
      command,
      'logs',
      '{file}',
      '--json',
      '{args}',
    ],
    { stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
}
