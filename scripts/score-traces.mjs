// Scores phases, spikes and leak verdicts against traces with known truth, through the built command.
//   pnpm score:traces [--dir FOLDER]... [options of score_phases.mjs]
import { score, tidemark } from './scorer.mjs';

score('score_phases.mjs', ['--cmd', `${tidemark} report {csv} --json`]);
