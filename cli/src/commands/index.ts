// One line a subcommand, in the order of `tidemark --help`.
import type { Command } from 'commander';
import { logsCommand } from './logs.js';
import { reportCommand } from './report.js';

export const COMMANDS: readonly (() => Command)[] = [reportCommand, logsCommand];
