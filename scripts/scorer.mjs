// Runs a scorer against the built command. The scorers and the traces lie beside the repository, in ../shared/corpus/traces; without
// them there is nothing to score.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const traces = resolve(root, '../shared/corpus/traces');
const command = join(root, 'cli/dist/tidemark.js');
/** The built command, as a shell is told to run it. */
export const tidemark = `${process.execPath} ${command}`;

/** `options` come before what the caller was given; the traces are scored unless another folder is named. */
export function score(name, options) {
  const scorer = join(traces, 'score', name);
  const given = process.argv.slice(2);
  if (!existsSync(scorer)) {
    console.error(`There are no traces to score against: ${scorer} is missing.`);
    process.exitCode = 1;
  } else if (!existsSync(command)) {
    console.error('The command is not built yet: npx --yes pnpm@12 build');
    process.exitCode = 1;
  } else {
    const folders = given.includes('--dir') ? [] : ['--dir', traces];
    process.exitCode = spawnSync(process.execPath, [scorer, ...options, ...folders, ...given], {
      stdio: 'inherit',
    }).status;
  }
}
