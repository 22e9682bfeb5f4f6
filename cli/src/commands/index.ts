// One line a subcommand, in the order of `tidemark --help`.
import type { Command } from 'commander';

export const COMMANDS: readonly (() => Command)[] = [];
