// A real container without pulling an image: the host's own /usr under an empty root. Storage, state and socket are the test's own.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Podman {
  readonly socket: string;
  /** Runs `podman ARGS`; throws what it says when it fails. */
  run(...args: string[]): string;
  /** Arguments of `run` that make a container from the host's programs. */
  readonly hostPrograms: readonly string[];
  readonly root: string;
  close(): void;
}

/** Null-like: a sentence why there is none here. */
export async function startPodman(): Promise<Podman | string> {
  if (process.platform !== 'linux') return 'no Linux';
  if (spawnSync('podman', ['--version']).status !== 0) return 'podman is not installed';
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-podman-'));
  const root = join(folder, 'root');
  for (const name of ['usr', 'etc', 'proc', 'sys', 'dev', 'tmp', 'run', 'out'])
    mkdirSync(join(root, name), { recursive: true });
  const mounts = ['-v', '/usr:/usr:ro'];
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    if (!existsSync(`/${name}`)) continue;
    if (lstatSync(`/${name}`).isSymbolicLink()) symlinkSync(readlinkSync(`/${name}`), join(root, name));
    else {
      mkdirSync(join(root, name));
      mounts.push('-v', `/${name}:/${name}:ro`);
    }
  }
  const own = ['--root', join(folder, 'store'), '--runroot', join(folder, 'state'), '--storage-driver', 'vfs'];
  const common = [...own, '--cgroup-manager', 'cgroupfs', '--events-backend', 'none'];
  const socket = join(folder, 'podman.sock');
  const podman: Podman = {
    socket,
    root,
    hostPrograms: ['--network', 'none', '--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1000:1000', ...mounts],
    run(...args) {
      const { status, stdout, stderr } = spawnSync('podman', [...common, ...args], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`podman ${args[0]}: ${stderr.trim()}`);
      return stdout.trim();
    },
    close() {
      service?.kill('SIGTERM');
      spawnSync('podman', [...common, 'rm', '-f', '-t', '0', '-a']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  let service: ChildProcess | null = null;
  try {
    const trial = ['run', '--rm', ...podman.hostPrograms, '--memory', '64m', '--rootfs', root, '/bin/true'];
    podman.run(...trial);
    service = spawn('podman', [...common, 'system', 'service', '-t', '0', `unix://${socket}`], { stdio: 'ignore' });
    for (let tries = 0; !existsSync(socket); tries++) {
      if (tries === 100) throw new Error('podman system service makes no socket');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return podman;
  } catch (error) {
    podman.close();
    return error instanceof Error ? error.message : String(error);
  }
}
