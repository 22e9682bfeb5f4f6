// recording.json: written whole each time and put in place by rename, so that a reader never sees half of it.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { infoText, readInfo } from '@tidemark/shared/recording/info.js';
import type { RecordingInfo } from '@tidemark/shared/recording/recording.js';
import { errorCode } from '../sampling/kernel-file.js';
import { sayOnce } from './say.js';
import { takeAway } from './take-away.js';

/** recording.json as it is; null when it cannot be read. */
export function infoBefore(path: string): RecordingInfo | null {
  try {
    return readInfo(readFileSync(path, 'utf8'), path);
  } catch {
    return null;
  }
}

/** Says a failure once and leaves the file as it was. */
export function writeInfo(path: string, info: RecordingInfo): void {
  const fresh = `${path}.new`;
  try {
    writeFileSync(fresh, infoText(info));
    renameSync(fresh, path);
  } catch (error) {
    takeAway(fresh);
    sayOnce('info', `cannot write ${path} (${errorCode(error)}); recording goes on`);
  }
}
