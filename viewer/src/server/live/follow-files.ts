// Notices that files changed: by the system's word at once, and by looking at their sizes for file systems that give none.
import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/** Unit: ms. Files that grow are looked at often; others only to notice that they begin to. */
const LOOK_WHILE_LIVE_MS = 250;
const LOOK_OTHERWISE_MS = 2000;
/** Changes that come at once are told at once. */
const GATHER_MS = 40;

export interface Followed {
  readonly path: string;
  /** Given to `onChange` when the file changed. */
  readonly id: string;
}

export interface Follower {
  add(file: Followed): void;
  /** When the file was last seen to change, epoch ms by its own time of change; 0 when it is not there. */
  modifiedMs(path: string): number;
  close(): void;
}

/** `onChange` is never called while the one before runs. `onLook` is called after each look, changed or not. */
export function followFiles(
  onChange: (ids: ReadonlySet<string>) => Promise<void>,
  isLive: () => boolean,
  onLook: () => Promise<void>,
): Follower {
  const files = new Map<string, { ids: Set<string>; mark: string; modifiedMs: number }>();
  const watchers = new Map<string, FSWatcher>();
  let changed = new Set<string>();
  let gathering: NodeJS.Timeout | null = null;
  let looking: NodeJS.Timeout | null = null;
  let running = false;
  let closed = false;

  const tell = async (): Promise<void> => {
    gathering = null;
    if (running || closed || changed.size === 0) return;
    running = true;
    const ids = changed;
    changed = new Set();
    try {
      await onChange(ids);
    } finally {
      running = false;
    }
    if (changed.size > 0) soon();
  };
  const soon = (): void => {
    gathering ??= setTimeout(() => void tell(), GATHER_MS);
  };
  const look = async (): Promise<void> => {
    for (const [path, file] of files) {
      const there = await stat(path).catch(() => null);
      const mark = there === null ? '' : `${there.dev}:${there.ino}:${there.size}:${there.mtimeMs}`;
      file.modifiedMs = there?.mtimeMs ?? 0;
      if (mark === file.mark) continue;
      file.mark = mark;
      for (const id of file.ids) changed.add(id);
    }
    if (changed.size > 0) soon();
    await onLook();
  };
  const lookAgain = (ms: number): void => {
    if (closed) return;
    looking = setTimeout(
      () => void look().finally(() => lookAgain(isLive() ? LOOK_WHILE_LIVE_MS : LOOK_OTHERWISE_MS)),
      ms,
    );
  };
  const watchFolder = (folder: string): void => {
    if (watchers.has(folder)) return;
    try {
      const watcher = watch(folder, (_, name) => {
        for (const [path, { ids }] of files) {
          if (dirname(path) !== folder || (name !== null && name !== basename(path))) continue;
          for (const id of ids) changed.add(id);
        }
        if (changed.size > 0) soon();
      });
      // The folder was removed, or the system has no watches left: looking goes on.
      watcher.on('error', () => watcher.close());
      watchers.set(folder, watcher);
    } catch {
      // As above.
    }
  };
  // Soon the first time: the files may have grown since they were opened.
  lookAgain(LOOK_WHILE_LIVE_MS);

  return {
    add({ path, id }) {
      const file = files.get(path) ?? { ids: new Set<string>(), mark: 'unseen', modifiedMs: 0 };
      file.ids.add(id);
      files.set(path, file);
      watchFolder(dirname(path));
    },
    modifiedMs: (path) => files.get(path)?.modifiedMs ?? 0,
    close() {
      closed = true;
      if (gathering !== null) clearTimeout(gathering);
      if (looking !== null) clearTimeout(looking);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}
