// A server that was started by serve.mjs: asked over HTTP on one kept connection, and for what it costs.
import { fork } from 'node:child_process';
import { Agent, get } from 'node:http';
import { join } from 'node:path';

const SERVE = join(import.meta.dirname, 'serve.mjs');

/** Resolves when it listens. */
export async function started({ csv = '', log = '' }) {
  const child = fork(SERVE, [csv, log], { execArgv: [] });
  const answer = () => new Promise((resolve) => child.once('message', resolve));
  const { port } = await answer();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    port,
    pid: child.pid,
    url: `http://127.0.0.1:${port}/`,
    /** The body of an answer, a Buffer. */
    ask: (path) => fetched(agent, port, path),
    /** CPU seconds since its start, and its peak RSS. */
    usage: () => {
      child.send('usage');
      return answer();
    },
    stop: () => {
      agent.destroy();
      child.send('stop');
      return new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

function fetched(agent, port, path) {
  return new Promise((resolve, reject) => {
    get({ agent, host: '127.0.0.1', port, path }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        const body = Buffer.concat(parts);
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`${path}: ${response.statusCode} ${body}`));
      });
      response.on('error', reject);
    }).on('error', reject);
  });
}
