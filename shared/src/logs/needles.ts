// Whether any of some words stands in bytes, told without making text of them: a log of any size goes through here.

/** The first place from `from` on where one of some pairs of bytes may stand, the bytes' length for none; null when it cannot look at these bytes. */
export type FindPair = (bytes: Uint8Array, from: number) => number | null;

/** `pairs`: two bytes each, the first one the upper. */
export type StartPairs = (pairs: readonly number[]) => FindPair;

/** Words of ASCII, of at least two letters each. `startPairs`: compiled, where there is that. */
export function needleFinder(needles: readonly string[], startPairs?: StartPairs): (bytes: Uint8Array) => boolean {
  const wanted = needles.map((needle) => Uint8Array.from(needle, (char) => char.charCodeAt(0)));
  /** By two bytes: the words that have them at their rarest place. */
  const byPair = new Uint8Array(0x10000);
  const lists: { readonly needle: Uint8Array; readonly at: number }[][] = [[]];
  const pairs: number[] = [];
  for (const needle of wanted) {
    const at = rarestPair(needle);
    const pair = (needle[at]! << 8) | needle[at + 1]!;
    if (byPair[pair] === 0) {
      byPair[pair] = lists.push([]) - 1;
      pairs.push(pair);
    }
    lists[byPair[pair]!]!.push({ needle, at });
  }
  const anyAt = (list: number, bytes: Uint8Array, from: number): boolean => {
    const these = lists[list]!;
    for (let i = 0; i < these.length; i += 1) if (standsAt(these[i]!.needle, bytes, from - these[i]!.at)) return true;
    return false;
  };
  const findPair = startPairs?.(pairs);
  return (bytes) => {
    const { length } = bytes;
    if (findPair !== undefined) {
      let at = findPair(bytes, 0);
      for (; at !== null && at < length; at = findPair(bytes, at + 1)) {
        const list = byPair[(bytes[at]! << 8) | bytes[at + 1]!]!;
        if (list !== 0 && anyAt(list, bytes, at)) return true;
      }
      if (at !== null) return false;
    }
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
