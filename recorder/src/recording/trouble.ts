// What can go wrong with a file that is written: in words, and which of it makes the descriptor useless.

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EROFS: 'the file system is read-only',
  EIO: 'the disk fails',
  ESTALE: 'the file system was taken away',
  ENOTCONN: 'the file system was taken away',
  EFBIG: 'the file may not grow further (a limit such as ulimit -f)',
  ENOENT: 'its folder is not there',
  ENOTDIR: 'a file is in the way',
  EISDIR: 'a folder is in the way',
  EEXIST: 'a file is in the way',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open (a limit such as ulimit -n)',
  ENFILE: 'too many files are open on this machine',
  removed: 'the file was removed',
  moved: 'it was moved away',
  stalled: 'the disk does not answer',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
};

/** A code of the system's, or a word of our own, as people say it. */
export function inWords(code: string): string {
  return WORDS[code] ?? code;
}

const LASTING: ReadonlySet<string> = new Set(['EROFS', 'EIO', 'ESTALE', 'ENOTCONN', 'ENODEV', 'ENXIO', 'ESHUTDOWN']);

/** Whether a descriptor that says this is to be given up: what mends the file system most often is to unmount it, and the descriptor stays with what was there before. */
export function isLasting(code: string): boolean {
  return LASTING.has(code);
}
