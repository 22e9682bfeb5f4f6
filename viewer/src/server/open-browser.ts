// Opens the person's browser; where there is no screen, or nothing to open with, the printed address has to do.
import { spawn } from 'node:child_process';

/** Says so only when the person asked for it (`asked`) and it did not work. */
export async function openBrowser(url: string, asked: boolean, say: (line: string) => void): Promise<void> {
  const opener = openerFor(process.platform, process.env);
  if (opener === null) {
    if (asked) say('no display here: open the address yourself');
    return;
  }
  const [command, ...before] = opener;
  const child = spawn(command, [...before, url], { stdio: 'ignore', detached: true });
  child.on('error', () => {
    if (asked) say(`${command} cannot be started: open the address yourself`);
  });
  child.unref();
}

/** The command that opens an address; null where nobody would see it. */
export function openerFor(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): [string, ...string[]] | null {
  if (env.CI) return null;
  if (platform === 'darwin') return env.SSH_CONNECTION ? null : ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open'] : null;
}
