// The files in examples/, as far as they can be tried without systemd as the machine's first process, a cluster, or an image to pull.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { parseAllDocuments } from 'yaml';
import { COMMAND, endOf, test } from './record-fixture.js';

const root = join(import.meta.dirname, '../..');
const example = (path: string): string => readFileSync(join(root, 'examples', path), 'utf8');

/** A folder with a `tidemark` in it that is the built command, to stand first on the PATH. */
function commandOnPath(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'tidemark'), `#!/bin/sh\nexec '${process.execPath}' '${COMMAND}' "$@"\n`);
  chmodSync(join(bin, 'tidemark'), 0o755);
  return bin;
}

test.describe('systemd', () => {
  const unit = example('systemd/tidemark@.service');

  test('systemd-analyze finds nothing wrong with the unit', ({ bench }) => {
    const missing = spawnSync('systemd-analyze', ['--version']).status !== 0;
    test.skip(missing, 'systemd-analyze is not installed');
    const bin = commandOnPath(bench.folder);
    const units = join(bench.folder, 'units');
    mkdirSync(units);
    writeFileSync(
      join(units, 'tidemark@.service'),
      unit.replace('/usr/local/bin/tidemark', join(bin, 'tidemark')).replace(/^Documentation=.*\n/m, ''),
    );
    writeFileSync(join(units, 'app.service'), '[Service]\nExecStart=/bin/sleep 1\n');
    const { status, stderr } = spawnSync(
      'systemd-analyze',
      ['verify', '--recursive-errors=yes', 'tidemark@app.service'],
      {
        encoding: 'utf8',
        env: { ...process.env, SYSTEMD_UNIT_PATH: `${units}:` },
      },
    );
    // What it says of units that this machine brought along is not ours.
    expect(stderr.split('\n').filter((line) => /tidemark@|app\.service/.test(line))).toEqual([]);
    if (stderr.trim() === '') expect(status).toBe(0);
  });

  test('what it starts is a command that we know, with a group where one is to be had', ({ bench }) => {
    const [, program = '', line = ''] = /^ExecStart=(\S+) (.*)$/m.exec(unit) ?? [];
    expect(program).toMatch(/\/tidemark$/);
    const args = line.replaceAll('%i', 'app').split(' ');
    // There is no app.service here: this says that the options were understood up to there.
    expect(bench.run(args)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--cgroup system.slice/app.service: no cgroup with a memory controller there'),
    });
  });
});

test.describe('Kubernetes', () => {
  interface Container {
    name: string;
    command: string[];
    args?: string[];
    volumeMounts?: { name: string }[];
  }
  const documents = parseAllDocuments(example('kubernetes/sidecar.yaml'));

  test('the manifest is a Job whose parts fit together', () => {
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    const job = documents[0]?.toJS();
    expect(job).toMatchObject({ apiVersion: 'batch/v1', kind: 'Job' });
    const pod = job.spec.template.spec;
    expect(pod).toMatchObject({ shareProcessNamespace: true, restartPolicy: 'Never' });
    const containers: Container[] = pod.containers;
    expect(containers.map(({ name }) => name)).toEqual(['train', 'tidemark']);
    const volumes = pod.volumes.map(({ name }: { name: string }) => name);
    for (const { volumeMounts = [] } of containers)
      for (const { name } of volumeMounts) expect(volumes).toContain(name);
  });

  test('the recorder’s shell line waits for the job, follows it and ends with it', async ({ bench }) => {
    test.skip(process.platform !== 'linux', 'no /proc');
    const containers: Container[] = documents[0]?.toJS().spec.template.spec.containers;
    const { command, args = [] } = containers.find(({ name }) => name === 'tidemark')!;
    // A name of its own, so that no other process of this machine is taken for the job.
    const comm = `job${process.pid}`;
    const program = join(bench.folder, comm);
    copyFileSync('/bin/sleep', program);
    const [shell = '', ...rest] = [...command, ...args];
    const sidecar = spawn(shell, rest, {
      cwd: bench.folder,
      stdio: 'ignore',
      env: { ...process.env, JOB_COMM: comm, PATH: `${commandOnPath(bench.folder)}:${process.env.PATH}` },
    });
    const ended = endOf(sidecar);
    const job = spawn(program, ['3'], { stdio: 'ignore' });
    expect((await ended).code).toBe(0);
    const { info, rows, events } = bench.read();
    expect(info.job?.pid).toBe(job.pid);
    expect(rows.some((row) => (row.job_rss_bytes ?? 0) > 0)).toBe(true);
    expect(events).toContain(`exit,process ${job.pid} ended`);
    const [name = ''] = readdirSync(join(bench.folder, 'tidemark-runs'));
    expect(existsSync(join(bench.folder, 'tidemark-runs', name, 'processes.csv'))).toBe(true);
  });
});

test('Docker: the steps of the image make a command that runs', () => {
  test.setTimeout(180_000);
  const steps = example('docker/Dockerfile')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line));
  const [base = '', second = ''] = steps.filter((line) => line.startsWith('FROM '));
  expect(base).toBe('FROM node:20-slim AS build');
  expect(second).toBe('FROM node:20-slim');
  const [build = '', pack = '', install = '', own = ''] = steps.flatMap((line) => /^RUN (.*)$/.exec(line)?.[1] ?? []);
  // The first step is how this very test came to be run: it needs the lock file and the script.
  expect(build).toBe('npx --yes pnpm@12.21.0 install --frozen-lockfile && node scripts/build.mjs');
  expect(own).toBe('chown node:node /recordings');

  const folder = mkdtempSync(join(tmpdir(), 'tidemark-image-'));
  try {
    const packages = join(folder, 'packages');
    const run = (line: string): void => {
      execFileSync('/bin/sh', ['-ec', line.replaceAll('/packages', packages)], {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, npm_config_prefix: join(folder, 'prefix') },
      });
    };
    run(pack);
    run(install);
    const { ENTRYPOINT, CMD } = Object.fromEntries(
      steps.map((line) => [line.split(' ')[0], line.slice(line.indexOf(' ') + 1)]),
    );
    const [program = ''] = JSON.parse(ENTRYPOINT ?? '[]');
    const help = execFileSync(join(folder, 'prefix/bin', program), JSON.parse(CMD ?? '[]'), { encoding: 'utf8' });
    expect(help).toContain('Usage: tidemark');
    execFileSync(join(folder, 'prefix/bin', program), ['run', '-q', '-o', join(folder, 'first'), '--', 'true']);
    expect(readdirSync(join(folder, 'first'))).toContain('memory.csv');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
