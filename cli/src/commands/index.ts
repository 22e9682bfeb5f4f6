// One line a subcommand, in the order of `tidemark --help`.
import type { Command } from 'commander';
import { checkCommand } from './check.js';
import { compareCommand } from './compare.js';
import { demoCommand } from './demo.js';
import { exportCommand } from './export.js';
import { listCommand } from './list.js';
import { logsCommand } from './logs.js';
import { markCommand } from './mark.js';
import { recordCommand } from './record.js';
import { reportCommand } from './report.js';
import { runCommand } from './run.js';
import { scaleCommand } from './scale.js';
import { viewCommand } from './view.js';

export const COMMANDS: readonly (() => Command)[] = [
  runCommand,
  recordCommand,
  markCommand,
  viewCommand,
  exportCommand,
  reportCommand,
  compareCommand,
  checkCommand,
  scaleCommand,
  logsCommand,
  listCommand,
  demoCommand,
];
