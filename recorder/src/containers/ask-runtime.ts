// Which containers there are, from Docker's API, which Podman speaks as well: through systeminformation, in a short-lived process beside us
// (facts/systeminformation.ts says why). Sockets: the one named in DOCKER_SOCKET or DOCKER_HOST, else the usual ones.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { locate } from '../facts/systeminformation.js';

export interface ListedContainer {
  readonly id: string;
  readonly name: string;
  /** "running", "exited" and so on, as the runtime says it. */
  readonly state: string;
}

export interface RuntimeAnswer {
  /** Of all runtimes that answered, stopped containers included; null when none did. */
  readonly containers: readonly ListedContainer[] | null;
  /** Why a runtime did not answer, one sentence each. */
  readonly troubles: readonly string[];
}

/** A runtime that hangs is no reason to hang. */
const PATIENCE_MS = 15_000;

// Runs in the other process, with the library's path as its argument. The library answers trouble with empty lists: what goes wrong with
// the socket itself is found out first.
const QUESTION = `
const say = (answer) => { process.stdout.write(JSON.stringify(answer)); };
const socket = require('node:net').connect({ path: process.env.DOCKER_SOCKET });
socket.on('error', (error) => say({ error: error.code ?? error.message }));
socket.on('connect', async () => {
  socket.destroy();
  const si = require(process.argv[1]);
  const [info, list] = [await si.dockerInfo(), await si.dockerContainers(true)];
  if (!info || info.id === undefined) say({ error: 'it does not answer as a container runtime does' });
  else say({ containers: list.filter(Boolean).map(({ id, name, state }) => ({ id, name, state })) });
});
`;

/** The sockets to ask, those that exist. */
export function runtimeSockets(env: NodeJS.ProcessEnv = process.env, exists = existsSync): string[] {
  const named = env.DOCKER_SOCKET ?? /^unix:\/\/(.+)$/.exec(env.DOCKER_HOST ?? '')?.[1];
  if (named) return [named.replace(/^unix:\/\//, '')];
  return usualSockets(env).filter((path) => exists(path));
}

export function usualSockets(env: NodeJS.ProcessEnv = process.env): string[] {
  const own = env.XDG_RUNTIME_DIR || `/run/user/${process.getuid?.() ?? 0}`;
  return ['/var/run/docker.sock', '/run/podman/podman.sock', `${own}/docker.sock`, `${own}/podman/podman.sock`];
}

/** Asks every socket. Never throws. */
export async function askRuntimes(sockets = runtimeSockets()): Promise<RuntimeAnswer> {
  const answers = await Promise.all(sockets.map(askOne));
  const troubles = answers.flatMap((answer, i) => ('error' in answer ? [`${sockets[i]}: ${answer.error}`] : []));
  const lists = answers.flatMap((answer) => ('containers' in answer ? [answer.containers] : []));
  return { containers: lists.length === 0 ? null : lists.flat(), troubles };
}

type Answer = { readonly error: string } | { readonly containers: readonly ListedContainer[] };

function askOne(socket: string): Promise<Answer> {
  const library = locate();
  if (library === null) return Promise.resolve({ error: 'systeminformation is not installed' });
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['-e', QUESTION, library], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, DOCKER_SOCKET: socket, DOCKER_SOCKET_TIMEOUT: String(PATIENCE_MS / 3) },
      timeout: PATIENCE_MS,
      killSignal: 'SIGKILL',
    });
    let text = '';
    child.on('error', (error) => resolve({ error: error.message }));
    // Where too many files are open there is no pipe to read from.
    if (child.pid === undefined) return;
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    child.on('close', () => resolve(readAnswer(text)));
  });
}

/** What the other process printed. */
export function readAnswer(text: string): Answer {
  try {
    const answer = JSON.parse(text) as { error?: unknown; containers?: unknown };
    if (Array.isArray(answer.containers)) {
      const known = (one: Partial<ListedContainer>): one is ListedContainer =>
        typeof one?.id === 'string' && typeof one.name === 'string' && typeof one.state === 'string';
      return { containers: answer.containers.filter(known) };
    }
    return {
      error: typeof answer.error === 'string' ? answer.error : 'it does not answer as a container runtime does',
    };
  } catch {
    return { error: 'no answer' };
  }
}

/** The container that a person means: by its name, or by the beginning of its id. A running one goes first. */
export function containerNamed(list: readonly ListedContainer[], wanted: string): ListedContainer | null {
  const named = list.filter(({ name }) => name === wanted);
  const found =
    named.length > 0 ? named : /^[0-9a-f]{4,64}$/.test(wanted) ? list.filter(({ id }) => id.startsWith(wanted)) : [];
  return found.find(({ state }) => state === 'running') ?? found[0] ?? null;
}
