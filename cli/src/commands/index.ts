// One line a subcommand, in the order of `tidemark --help`.
import type { Command } from 'commander';
import { listCommand } from './list.js';
import { logsCommand } from './logs.js';
import { reportCommand } from './report.js';
import { viewCommand } from './view.js';

export const COMMANDS: readonly (() => Command)[] = [viewCommand, reportCommand, logsCommand, listCommand];
