// What the tests need beyond Node: a Chromium, and python3 and tmux for jobs of other kinds than Node's and for real terminals.
// On Debian, as root, what is missing is installed; elsewhere it is yours to install, and a test that lacks it fails with its name.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Installs what is missing and may be installed. Returns the path of a browser, or null; `CHROMIUM` overrides the search. */
export function findOrInstallTools() {
  const missing = [
    ...(findChromium() === null ? ['chromium'] : []),
    ...['python3', 'tmux'].filter((name) => onPath(name) === null),
  ];
  if (missing.length > 0) installFromDebian(missing);
  return findChromium();
}

/** @param {string[]} packages */
function installFromDebian(packages) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  process.stderr.write(`tidemark: installing for the tests: ${packages.join(', ')}\n`);
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync('apt-get', ['-q', ...args], {
      stdio: ['ignore', 'ignore', 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update'); // the package lists of a fresh image are empty
  apt('install', '-y', '--no-install-recommends', ...packages);
}

function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of CHROMIUMS) {
    const found = onPath(name);
    if (found !== null) return found;
  }
  return ELSEWHERE.find(isExecutable) ?? null;
}

/** @param {string} name */
function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
