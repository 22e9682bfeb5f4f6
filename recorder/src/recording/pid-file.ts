// `--pid-file`: our pid for whoever supervises us, while we run. The lock, not this file, keeps a second recorder out.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { UnavailableError } from '@tidemark/shared/errors.js';
import { errorCode } from '../sampling/kernel-file.js';
import { takeAway } from './take-away.js';
import { inWords } from './trouble.js';

/** Writes it whole, over one that an earlier run left behind. Throws UnavailableError. Returns how to remove it. */
export function writePidFile(path: string): () => void {
  const text = `${process.pid}\n`;
  const fresh = `${path}.${process.pid}`;
  try {
    writeFileSync(fresh, text);
    renameSync(fresh, path);
  } catch (error) {
    takeAway(fresh);
    throw new UnavailableError(
      `--pid-file ${path}: cannot write there: ${inWords(errorCode(error) || String(error))}`,
      null,
      {
        cause: error,
      },
    );
  }
  return () => {
    try {
      if (readFileSync(path, 'utf8') === text) rmSync(path);
    } catch {
      // Somebody removed it.
    }
  };
}
