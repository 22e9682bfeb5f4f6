// `npm start`: installs, builds, records the demo and opens it. `npm start -- run -- CMD` passes everything on to the command.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build-if-needed.mjs';
import { install } from './install.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
install();
buildIfNeeded();

const given = process.argv.slice(2);
// npm runs us at the top of the project; what the user names is meant from where npm was called.
const cwd = process.env.INIT_CWD ?? root;
const tidemark = spawn(
  process.execPath,
  [join(root, 'cli/dist/tidemark.js'), ...(given.length > 0 ? given : ['demo'])],
  { stdio: 'inherit', env: { ...process.env, TIDEMARK_CALLED_AS: 'npm start --' }, cwd },
);
// A terminal sends Ctrl-C to both of us: the command decides how it ends, we wait for it. A signal sent to us alone is passed on.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) tidemark.kill(signal);
  });
}
tidemark.on('exit', (code, signal) => {
  if (signal) process.kill(process.pid, signal);
  process.exitCode = code ?? 1;
});
