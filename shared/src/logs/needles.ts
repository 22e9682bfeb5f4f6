// Whether any of some words stands in bytes, told without making text of them: a log of any size goes through here.

/** Words of ASCII, of at least two letters each. */
export function needleFinder(needles: readonly string[]): (bytes: Uint8Array) => boolean {
  const wanted = needles.map((needle) => Uint8Array.from(needle, (char) => char.charCodeAt(0)));
  /** By two bytes: the words that have them at their rarest place. */
  const byPair = new Uint8Array(0x10000);
  const lists: { readonly needle: Uint8Array; readonly at: number }[][] = [[]];
  for (const needle of wanted) {
    const at = rarestPair(needle);
    const pair = (needle[at]! << 8) | needle[at + 1]!;
    if (byPair[pair] === 0) byPair[pair] = lists.push([]) - 1;
    lists[byPair[pair]!]!.push({ needle, at });
  }
  const anyAt = (list: number, bytes: Uint8Array, from: number): boolean =>
    lists[list]!.some(({ needle, at }) => standsAt(needle, bytes, from - at));
  return (bytes) => {
    const { length } = bytes;
    let pair = 0;
    // No closure in here: it would cost memory for every byte.
    for (let end = 0; end < length; end += 1) {
      pair = ((pair & 0xff) << 8) | bytes[end]!;
      const list = byPair[pair]!;
      if (list !== 0 && anyAt(list, bytes, end - 1)) return true;
    }
    return false;
  };
}

function standsAt(needle: Uint8Array, bytes: Uint8Array, from: number): boolean {
  if (from < 0 || from + needle.length > bytes.length) return false;
  for (let i = 0; i < needle.length; i += 1) if (bytes[from + i] !== needle[i]) return false;
  return true;
}

/** Where the two letters begin that logs have least of: capitals and signs before small letters and blanks. */
function rarestPair(needle: Uint8Array): number {
  const common = (code: number): number => (code === 32 ? 3 : code >= 97 && code <= 122 ? 2 : code === 91 ? 1 : 0);
  let best = 0;
  for (let at = 1; at + 1 < needle.length; at += 1) {
    if (common(needle[at]!) + common(needle[at + 1]!) < common(needle[best]!) + common(needle[best + 1]!)) best = at;
  }
  return best;
}
