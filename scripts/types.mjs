// Type-checks every part under the globals that it may use: this is what holds the import arrows of docs/architecture.md.
import { spawnSync } from 'node:child_process';

const PROJECTS = [
  'shared',
  'shared/tsconfig.test.json',
  'recorder',
  'viewer/src/chart',
  'viewer/src/client',
  'viewer/src/server',
  'viewer',
  'cli',
  'e2e',
];

let failed = false;
for (const project of PROJECTS) {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], {
    stdio: 'inherit',
  });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
