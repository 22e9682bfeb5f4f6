// Scores suspects against runs with known truth, through the built command.
//   pnpm score:suspects [--dir FOLDER]... [options of score_suspects.mjs]
// Without the program's own figure: score copies of the samples that lack its column.
import { score, tidemark } from './scorer.mjs';

score('score_suspects.mjs', ['--cmd', `${tidemark} report {csv} --log {log} --json`]);
