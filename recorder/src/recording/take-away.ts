// Files of ours that are of no more use: it is a pity when one stays, and no reason to end.
import { rmSync } from 'node:fs';

/** Removes a file where it can be removed: it may be gone already, or its file system read-only by now. */
export function takeAway(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It stays. Readers pass it over, and a lock of a recorder that has ended holds nobody up.
  }
}
