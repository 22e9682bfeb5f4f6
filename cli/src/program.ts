// The list of subcommands. A command's file declares its options and loads the package that does the work when it runs.
import { Command, Help, type Option } from 'commander';
import { beforeAction } from './before-action.js';
import { COMMANDS } from './commands/index.js';
import { VERSION } from './version.js';

export function program(): Command {
  const tidemark = new Command('tidemark')
    .description("Records memory over time beside a long job and lays the job's own log lines on the same graph.")
    .version(VERSION)
    .enablePositionalOptions()
    .configureHelp({ optionDescription: descriptionOf })
    .hook('preAction', beforeAction)
    .showHelpAfterError('(tidemark --help lists the commands)')
    .exitOverride();
  for (const make of COMMANDS) tidemark.addCommand(make().exitOverride().copyInheritedSettings(tidemark));
  return tidemark;
}

/** That an option is not given goes without saying: only a default that is something is named. */
function descriptionOf(this: Help, option: Option): string {
  const { defaultValue } = option;
  const nothing = defaultValue === false || (Array.isArray(defaultValue) && defaultValue.length === 0);
  const shown: Option = nothing ? Object.create(option, { defaultValue: { value: undefined } }) : option;
  return Help.prototype.optionDescription.call(this, shown);
}
