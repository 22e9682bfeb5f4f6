// Gives the person a file, named after what is shown.

/** Returns the name that it was saved under. */
export function saveAs(blob: Blob, title: string, suffix: string): string {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = `${fileName(title)}${suffix}`;
  link.click();
  // The download has its own hold on the data once it started.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return link.download;
}

/** A title as a name that every file system takes. */
export function fileName(title: string): string {
  const safe = title
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 100);
  return safe === '' ? 'tidemark' : safe;
}
