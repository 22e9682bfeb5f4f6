// recording.json: written whole each time and put in place by rename, so that a reader never sees half of it.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { infoText, readInfo } from '@tidemark/shared/recording/info.js';
import type { RecordingInfo } from '@tidemark/shared/recording/recording.js';
import { errorCode } from '../sampling/kernel-file.js';
import { sayOnce, wasSaid } from './say.js';
import { takeAway } from './take-away.js';
import { inWords } from './trouble.js';

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
    // Where samples wait already it is no news, unless this was the last try.
    if (wasSaid('rows') && info.ended_at === null) return;
    sayOnce('info', `cannot write ${path}: ${inWords(errorCode(error) || String(error))}. Recording goes on.`);
  }
}
