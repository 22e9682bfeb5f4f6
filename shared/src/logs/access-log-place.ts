// Where an access log's date begins: at the line's first bracket, behind the client's address and name.

/** As far into a line as a client's address and name reach before an access log's date. */
const SEEK_BYTES = 160;

/** The first bracket behind more than one letter or digit (a single capital would be a level); -1 when there is none near. */
export function bracketIn(bytes: Uint8Array, from: number, end: number): number {
  const last = Math.min(end, from + SEEK_BYTES);
  let words = 0;
  for (let at = from; at < last; at += 1) {
    const byte = bytes[at]!;
    if (byte === 91) return words > 1 && at > from && (bytes[at - 1] === 32 || bytes[at - 1] === 9) ? at : -1;
    if (byte >= 127 || (byte < 32 && byte !== 9)) return -1;
    if ((byte >= 48 && byte <= 57) || ((byte | 32) >= 97 && (byte | 32) <= 122)) words += 1;
  }
  return -1;
}
