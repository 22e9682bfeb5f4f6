// Scores `compare` and `scale` against runs with known truth, through the built command.
//   pnpm score:groups [--dir FOLDER]
// The scorer and the traces lie beside the repository, in ../shared/corpus/traces; without them there is nothing to score.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const traces = resolve(root, '../shared/corpus/traces');
const scorer = join(traces, 'score/score_groups.mjs');
const command = join(root, 'cli/dist/tidemark.js');

if (!existsSync(scorer)) {
  console.error(`There are no traces to score against: ${scorer} is missing.`);
  process.exitCode = 1;
} else if (!existsSync(command)) {
  console.error('The command is not built yet: npx --yes pnpm@12 build');
  process.exitCode = 1;
} else {
  const given = process.argv.slice(2);
  const tidemark = `${process.execPath} ${command}`;
  process.exitCode = spawnSync(
    process.execPath,
    [
      scorer,
      ...(given.includes('--dir') ? [] : ['--dir', traces]),
      ...['--compare', `${tidemark} compare {before} {after} --json`],
      ...['--scale', `${tidemark} scale --json --sizes {x} --from {files}`],
      ...given,
    ],
    { stdio: 'inherit' },
  ).status;
}
