// The files in what was dropped, folders opened. Names keep their path inside the folder, as a file field gives it.

/** At most so many: whoever drops a home folder made a mistake. */
export const MOST_FILES = 200;

export async function filesIn(data: DataTransfer): Promise<File[]> {
  // The list is emptied as soon as the event is over, so entries are taken before anything is awaited.
  const entries = [...data.items].flatMap((item) => (item.kind === 'file' ? [item.webkitGetAsEntry()] : []));
  if (entries.every((entry) => entry === null)) return [...data.files];
  const found: File[] = [];
  for (const entry of entries) if (entry !== null) await collect(entry, found);
  return found;
}

/** Adds the entry's file, or all files of the folder and the folders in it. */
export async function collect(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (found.length >= MOST_FILES) return;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    // A file field gives the path of a file in a picked folder; from a dropped one the file itself does not know it.
    const path = entry.fullPath.replace(/^\//, '');
    if (path.includes('/')) Object.defineProperty(file, 'webkitRelativePath', { value: path });
    found.push(file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader answers in portions until one is empty.
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return;
    for (const inner of portion) await collect(inner, found);
  }
}
