// Scores `compare` and `scale` against runs with known truth, through the built command.
//   pnpm score:groups [--dir FOLDER]
import { score, tidemark } from './scorer.mjs';

score('score_groups.mjs', [
  ...['--compare', `${tidemark} compare {before} {after} --json`],
  ...['--scale', `${tidemark} scale --json --sizes {x} --from {files}`],
]);
