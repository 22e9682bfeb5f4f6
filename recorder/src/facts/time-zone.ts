// The zone of this machine's clock on the wall, by its IANA name. Asking Intl for it costs 8 MB that a recorder need not have.
import { readFileSync, realpathSync } from 'node:fs';

/** "Europe/Berlin"; "UTC" where nothing else is said. */
export function timeZone(env: NodeJS.ProcessEnv = process.env, etc = '/etc'): string {
  // ":Europe/Berlin" is POSIX's way to say "a file of this name".
  const asked = env.TZ?.replace(/^:/, '').replace(/^.*\/zoneinfo\//, '');
  if (asked !== undefined && isName(asked)) return asked;
  if (asked !== undefined && asked !== '') return byIntl();
  try {
    const [, name] = realpathSync(`${etc}/localtime`).split('/zoneinfo/');
    if (name !== undefined && isName(name)) return name.replace(/^(posix|right)\//, '');
  } catch {
    // Not a link, or not there: UTC by the C library's rule, unless /etc/timezone knows better.
  }
  try {
    const name = readFileSync(`${etc}/timezone`, 'utf8').trim();
    if (isName(name)) return name;
  } catch {
    // Few systems have it.
  }
  return process.platform === 'linux' ? 'UTC' : byIntl();
}

/** "Etc/UTC", "Europe/Berlin", "UTC"; not "CET-1CEST" and other rules spelt out. */
function isName(text: string): boolean {
  return /^[A-Z][A-Za-z_+-]*(\/[A-Za-z0-9_+-]+)+$/.test(text) || text === 'UTC' || text === 'GMT';
}

function byIntl(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}
