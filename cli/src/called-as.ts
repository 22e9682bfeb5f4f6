// How the person calls this command, so that what we tell them to type next works where they are.
import { basename, relative } from 'node:path';

/** "tidemark", "npx tidemark", "npm start --", or "node cli/dist/tidemark.js" as seen from here. */
export function calledAs(env: NodeJS.ProcessEnv = process.env, script: string = process.argv[1] ?? ''): string {
  // Set by scripts/start.mjs.
  if (env.TIDEMARK_CALLED_AS) return env.TIDEMARK_CALLED_AS;
  if (env.npm_command === 'exec') return 'npx tidemark';
  if (basename(script) === 'tidemark') return 'tidemark';
  const here = relative(process.cwd(), script);
  return `node ${here.startsWith('..') ? script : here}`;
}
