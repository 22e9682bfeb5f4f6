// The list of subcommands. A command's file declares its options and loads the package that does the work when it runs.
import { Command } from 'commander';
import { COMMANDS } from './commands/index.js';
import { VERSION } from './version.js';

export function program(): Command {
  const tidemark = new Command('tidemark')
    .description("Records memory over time beside a long job and lays the job's own log lines on the same graph.")
    .version(VERSION)
    .enablePositionalOptions()
    .showHelpAfterError('(tidemark --help lists the commands)')
    .exitOverride();
  for (const make of COMMANDS) tidemark.addCommand(make().exitOverride().copyInheritedSettings(tidemark));
  return tidemark;
}
