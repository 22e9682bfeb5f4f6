// Clocks, counts and random places that stay the same from run to run.
import { spawn } from 'node:child_process';

/** CPU and wall seconds and peak RSS of a command, by GNU time; null when it is not installed. Fails when the command does. */
export function command(name, args, env = {}) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn('/usr/bin/env', ['time', '-f', '%U %S %M', name, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const [, user, system, kib] = /([\d.]+) ([\d.]+) (\d+)\s*$/.exec(said) ?? [];
      if (/cannot run/.test(said)) resolve(null);
      else if (code !== 0 || kib === undefined) reject(new Error(`${name}: ${said || 'GNU time is needed'}`));
      else {
        const wallS = (performance.now() - begun) / 1000;
        resolve({ cpuS: Number(user) + Number(system), wallS, peakMiB: Number(kib) / 1024 });
      }
    });
  });
}

/** The run that took the least CPU. */
export const least = (runs) => runs.reduce((a, b) => (a.cpuS < b.cpuS ? a : b));

/** Milliseconds that `work` took. */
export async function timed(work) {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** Of an ascending list the value below which this share of it lies. */
export const at = (list, share) => list[Math.min(list.length - 1, Math.floor(share * list.length))];

/** Numbers from 0 to 1, always the same ones. */
export function randomNumbers() {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
