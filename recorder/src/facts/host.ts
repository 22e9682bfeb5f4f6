// What is known of this machine at once, without asking any other program.
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import type { RecordingInfo } from '@tidemark/shared/recording/recording.js';

export function hostFacts(): RecordingInfo['host'] {
  return {
    name: os.hostname(),
    os: osName(),
    kernel: `${os.type()} ${os.release()} ${os.machine()}`,
    cpus: os.availableParallelism(),
    memory_total_bytes: os.totalmem(),
    container: containerKind(),
  };
}

/** "Debian GNU/Linux 12 (bookworm)", from os-release; the system's own name elsewhere. */
function osName(): string {
  for (const path of ['/etc/os-release', '/usr/lib/os-release']) {
    try {
      const name = /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync(path, 'utf8'))?.[1];
      if (name) return name;
    } catch {
      // Not there.
    }
  }
  return `${os.type()} ${os.version()}`;
}

/** Which kind of container we are in, by the marks that each leaves; null when none is seen. */
function containerKind(): string | null {
  if (existsSync('/run/.containerenv')) return 'podman';
  if (existsSync('/.dockerenv')) return 'docker';
  if (process.env.KUBERNETES_SERVICE_HOST !== undefined) return 'kubernetes';
  return process.env.container ?? null;
}
